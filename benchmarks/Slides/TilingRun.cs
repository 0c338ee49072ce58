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
    private const int Times = 4;

    /// <summary>Measures the slide several times, the best after the first: as in a batch of many, the runtime has compiled the code by then, and the system has the memory at hand.</summary>
    public static async Task<string> Measure(string slide, string output)
    {
        using var system = ActorSystem.Create("benchmark", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var store = new SequenceStore(output);
        var runs = new List<(double Seconds, double Processor, int Kept)>();
        for (var i = 0; i < Times; i++)
        {
            var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var item = await Tile(slide, $"slide-{i}", store, materializer).ConfigureAwait(false);
            var (seconds, spent) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
            runs.Add((seconds, spent, store.ReadManifest<TileFrame, SlideSource>(item).Source.Counts.Kept));
            Directory.Delete(store.Folder(item), recursive: true);
        }

        var best = runs.Skip(1).MinBy(run => run.Seconds);
        return $"{best.Seconds:0.000} {best.Kept} tiles, {best.Processor:0.00} s of processor; the first {runs[0].Seconds:0.000}";
    }

    private static async Task<ItemId> Tile(string slide, string name, SequenceStore store, IMaterializer materializer)
    {
        var job = new Job(new ItemId(name), ItemKind.Slide, "benchmark", [slide], 1);
        var outcome = await SlideStream.Process(job, new SlideSettings { MaxSequences = 0 }, store).Run(materializer).ConfigureAwait(false);
        return outcome is Outcome.Done ? job.Item : throw new InvalidOperationException($"{slide}: {outcome}");
    }
}
