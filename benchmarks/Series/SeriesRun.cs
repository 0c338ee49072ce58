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

    // The runtime compiles what is used often while it runs: it has settled after some forty series.
    private const int Least = 3; // readings of a series that takes seconds
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(10), Measuring = TimeSpan.FromSeconds(2);

    /// <summary>Measures readings until some seconds are over and gives the best, and the very first, with which a process begins.</summary>
    public static async Task<string> Measure(string folder, string output, int threads)
    {
        using var system = ActorSystem.Create("benchmark", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var (store, settings) = (new SequenceStore(output), new CtSettings { Parallelism = threads });
        var warm = await For(Warming).ConfigureAwait(false);
        var best = (await For(Measuring).ConfigureAwait(false)).MinBy(reading => reading.Seconds);
        return $"{best.Seconds:0.000} {best.Sequences} sequences, {best.Processor:0.00} s of processor; the first {warm[0].Seconds:0.000}";

        async Task<List<(double Seconds, double Processor, int Sequences)>> For(TimeSpan time)
        {
            var (all, readings) = (Stopwatch.StartNew(), new List<(double, double, int)>());
            while (readings.Count < Least || all.Elapsed < time)
            {
                var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                var sequences = await Read(folder, "read", settings, store, materializer).ConfigureAwait(false);
                readings.Add((clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, sequences));
            }

            return readings;
        }
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
