using System.Diagnostics;
using Akka.Actor;
using Akka.Streams;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Phantom;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Benchmarks.Slides;

/// <summary>The whole way of one slide with default filters and every sequence stored: mask, plan, decoding, filters, writing, picture, manifest.</summary>
internal static class TilingRun
{
    /// <summary>Measures, after a small slide, so that the runtime has compiled the code as it has after the first of many slides.</summary>
    public static async Task<string> Measure(string slide, string output)
    {
        using var system = ActorSystem.Create("benchmark", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var store = new SequenceStore(output);
        Directory.CreateDirectory(output);
        var small = Path.Combine(output, "small.tif");
        SlidePhantom.Write(small, 0, 3, 1);
        for (var i = 0; i < 3; i++)
        {
            await Tile(small, $"small-{i}", store, materializer).ConfigureAwait(false);
        }

        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var item = await Tile(slide, "large", store, materializer).ConfigureAwait(false);
        var seconds = clock.Elapsed.TotalSeconds;
        return $"{seconds:0.000} {store.ReadManifest<TileFrame, SlideSource>(item).Source.Counts.Kept} tiles, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.00} s of processor";
    }

    private static async Task<ItemId> Tile(string slide, string name, SequenceStore store, IMaterializer materializer)
    {
        var job = new Job(new ItemId(name), ItemKind.Slide, "benchmark", [slide], 1);
        var outcome = await SlideStream.Process(job, new SlideSettings { MaxSequences = 0 }, store).Run(materializer).ConfigureAwait(false);
        return outcome is Outcome.Done ? job.Item : throw new InvalidOperationException($"{slide}: {outcome}");
    }
}
