using System.Collections.Immutable;
using Akka;
using Akka.Streams.Dsl;
using Akka.Util;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ct;

/// <summary>From the files of one CT series to its sequences in the store.</summary>
public static class CtStream
{
    /// <summary>
    /// Headers, plan, slices, sequences, commit. Exactly one outcome comes out, whatever happens. In memory are the headers, one sequence, and as many slices as are
    /// decoded at the same time; slices that the trimming leaves out are never decoded.
    /// </summary>
    public static IRunnableGraph<Task<Outcome>> Process(Job job, CtSettings settings, SequenceStore store, IDicomReader reader) =>
        Headers(job, settings, reader)
            .Via(Planned(settings))
            .ConcatMany(plan => plan.Ok
                ? Frames(plan.Value, settings, reader).Via(WholeSequences(plan.Value, settings)).Via(Stored(job, plan.Value, settings, store))
                : Source.Single(SeriesFault.Outcome(plan.Reason)))
            .Recover(e => Option<Outcome>.Create(new Outcome.Failed(Unforeseen(job, e))))
            .ToMaterialized(Sink.First<Outcome>(), Keep.Right);

    /// <summary>The header of each file, in the job's order; the stream ends with the first that cannot be read.</summary>
    private static Source<Reading<SliceHeader>, NotUsed> Headers(Job job, CtSettings settings, IDicomReader reader) =>
        Source.From(job.Files)
            .SelectAsync(settings.Parallelism, path => Task.Run(() => reader.ReadHeader(path)))
            .TakeWhile(header => header.Ok, inclusive: true);

    /// <summary>All headers to one plan, or to the reason why there is none.</summary>
    private static Flow<Reading<SliceHeader>, Reading<SeriesPlan>, NotUsed> Planned(CtSettings settings) =>
        Flow.Create<Reading<SliceHeader>>()
            .Aggregate(ImmutableList<Reading<SliceHeader>>.Empty, (all, header) => all.Add(header))
            .Select(all => all.FirstOrDefault(h => !h.Ok) is { } bad
                ? new Reading<SeriesPlan>(null, bad.Reason)
                : SeriesPlan.Of([.. all.Select(h => h.Value!)], settings));

    /// <summary>The slices of all sequences, decoded and resized, in order; the stream ends with the first that cannot be decoded.</summary>
    private static Source<Reading<short[]>, NotUsed> Frames(SeriesPlan plan, CtSettings settings, IDicomReader reader) =>
        Source.From(plan.Sequences.Windows.SelectMany(window => window))
            .SelectAsync(settings.Parallelism, slice => Task.Run(() => Frame(plan.Stack.Slices[slice].Header, settings, reader)))
            .TakeWhile(frame => frame.Ok, inclusive: true);

    private static Flow<Reading<short[]>, IEnumerable<Reading<short[]>>, NotUsed> WholeSequences(SeriesPlan plan, CtSettings settings) =>
        Flow.Create<Reading<short[]>>().Grouped(Math.Min(settings.Frames, plan.Sequences.Windows[0].Count));

    /// <summary>Writes each sequence as it comes, and commits at the end. What is staged goes away with the stream, however that ends.</summary>
    private static Flow<IEnumerable<Reading<short[]>>, Outcome, NotUsed> Stored(Job job, SeriesPlan plan, CtSettings settings, SequenceStore store)
    {
        var assembly = new SeriesAssembly(job, plan, settings, store);
        return Flow.Create<IEnumerable<Reading<short[]>>>()
            .Aggregate(assembly, (series, frames) => series.Add([.. frames]))
            .Select(series => series.Commit())
            .WatchTermination((nothing, ended) =>
            {
                _ = ended.ContinueWith(_ => assembly.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return nothing;
            });
    }

    private static Reading<short[]> Frame(SliceHeader header, CtSettings settings, IDicomReader reader)
    {
        try
        {
            var slice = reader.ReadPixels(header);
            return slice.Ok ? new(FrameResize.To(slice.Value, settings.Size), null) : new(null, slice.Reason);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a native library throws, it was about this file.
            return new(null, e is DllNotFoundException ? new Reason("no-decoder", e.Message) : new Reason("undecodable", $"{header.Path}: {e.GetType().Name}: {e.Message}"));
        }
    }

    private static Reason Unforeseen(Job job, Exception e) => e switch
    {
        IOException or UnauthorizedAccessException => new("io", $"{job.Item}: {e.Message} Check the disk and the permissions of the work folder."),
        _ => new("unexpected", $"{job.Item}, {job.Files.Count} files from {(job.Files.Count > 0 ? job.Files[0] : "nowhere")}: {e.GetType().Name}: {e.Message}"),
    };
}
