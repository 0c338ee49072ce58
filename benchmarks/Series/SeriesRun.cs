using System.Diagnostics;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Benchmarks.Series;

/// <summary>
/// The whole way of one series with default settings: which series each file belongs to, as the drop folder asks; headers, order, rules, decoding, resize, writing, picture, manifest.
/// </summary>
internal static class SeriesRun
{
    private static readonly IDicomReader Reader = DicomLibrary.Reader();

    /// <summary>Measures the second reading, with the code compiled as it is after the first of many series.</summary>
    public static async Task<string> Measure(string folder, string output, int threads)
    {
        using var system = ActorSystem.Create("benchmark", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var (store, settings) = (new SequenceStore(output), new CtSettings { Parallelism = threads });
        await Read(folder, "first", settings, store, materializer).ConfigureAwait(false);
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var sequences = await Read(folder, "second", settings, store, materializer).ConfigureAwait(false);
        return $"{clock.Elapsed.TotalSeconds:0.000} {sequences} sequences, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.00} s of processor";
    }

    private static async Task<int> Read(string folder, string name, CtSettings settings, SequenceStore store, IMaterializer materializer)
    {
        var shelf = new HeaderShelf();
        var probe = new CtFileProbe(Reader, shelf);
        var series = await Source.From(Directory.GetFiles(folder))
            .SelectAsyncUnordered(settings.Parallelism, file => Task.Run(() => (Path: file, ((ProbeResult.CtSlice)probe.Probe(file)).SeriesInstanceUid)))
            .RunWith(Sink.Seq<(string Path, string Series)>(), materializer).ConfigureAwait(false);
        string[] files = [.. series.GroupBy(file => file.Series).Single().Select(file => file.Path)];
        var job = new Job(new ItemId(name), ItemKind.Ct, "benchmark", files, 1) { Headers = shelf.Take(files) };
        var outcome = await CtStream.Process(job, settings, store, Reader).Run(materializer).ConfigureAwait(false);
        return outcome is Outcome.Done done ? done.Sequences : throw new InvalidOperationException($"{name}: {outcome}");
    }
}
