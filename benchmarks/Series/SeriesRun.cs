using System.Diagnostics;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Phantom;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Benchmarks.Series;

/// <summary>The whole way of one series with default settings: headers, order, rules, decoding, resize, writing, picture, manifest.</summary>
internal static class SeriesRun
{
    /// <summary>Measures, after small series, so that the runtime has compiled the code as it has after the first of many.</summary>
    public static async Task<string> Measure(string folder, string output)
    {
        using var system = ActorSystem.Create("benchmark", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var store = new SequenceStore(output);
        var small = Path.Combine(output, "small");
        CtPhantom.Write(small, "small", 0, 3, 1);
        var reader = new GdcmReader();
        var files = Directory.GetFiles(small).GroupBy(file => reader.ReadIdentity(file).Value?.SeriesInstanceUid).MaxBy(series => series.Count())!;
        for (var i = 0; i < 3; i++)
        {
            await Read([.. files], $"small-{i}", store, materializer).ConfigureAwait(false);
        }

        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var sequences = await Read(Directory.GetFiles(folder), "large", store, materializer).ConfigureAwait(false);
        return $"{clock.Elapsed.TotalSeconds:0.000} {sequences} sequences, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.00} s of processor";
    }

    private static async Task<int> Read(IReadOnlyList<string> files, string name, SequenceStore store, IMaterializer materializer)
    {
        var job = new Job(new ItemId(name), ItemKind.Ct, "benchmark", files, 1);
        var outcome = await CtStream.Process(job, new CtSettings(), store, new GdcmReader()).Run(materializer).ConfigureAwait(false);
        return outcome is Outcome.Done done ? done.Sequences : throw new InvalidOperationException($"{name}: {outcome}");
    }
}
