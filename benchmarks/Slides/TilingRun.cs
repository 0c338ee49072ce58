using System.Diagnostics;
using Akka.Actor;
using Akka.Streams;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Benchmarks.Slides;

/// <summary>The whole way of one slide with default filters and every sequence stored: mask, plan, decoding, filters, writing, picture, manifest.</summary>
internal static class TilingRun
{
    public static async Task<string> Measure(string slide, string output)
    {
        using var system = ActorSystem.Create("benchmark", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var job = new Job(new ItemId("benchmark"), ItemKind.Slide, "benchmark", [slide], 1);
        var store = new SequenceStore(output);
        var clock = Stopwatch.StartNew();
        var outcome = await SlideStream.Process(job, new SlideSettings { MaxSequences = 0 }, store).Run(materializer).ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        return outcome is Outcome.Done
            ? $"{seconds:0.000} {store.ReadManifest<TileFrame, SlideSource>(job.Item).Source.Counts.Kept}"
            : throw new InvalidOperationException($"{slide}: {outcome}");
    }
}
