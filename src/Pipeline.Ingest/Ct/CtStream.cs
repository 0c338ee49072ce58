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
                ? Slices(plan.Value, settings, reader).Via(Stored(job, plan.Value, settings, store))
                : Source.Single(SeriesFault.Outcome(plan.Reason)))
            .Recover(e => Option<Outcome>.Create(new Outcome.Failed(Unforeseen(job, e))))
            .ToMaterialized(Sink.First<Outcome>(), Keep.Right);

    /// <summary>The headers of each file, in the job's order, as the job brings them or from the file; the stream ends with the first that cannot be read.</summary>
    private static Source<Reading<IReadOnlyList<SliceHeader>>, NotUsed> Headers(Job job, CtSettings settings, IDicomReader reader) =>
        Source.Lazily(() => Source.From(HeaderShelf.Of(job).Zip(job.Files)))
            .SelectAsync(settings.Parallelism, file => file.First is { } known
                ? Task.FromResult(new Reading<IReadOnlyList<SliceHeader>>(known, null))
                : Task.Run(() => reader.ReadHeaders(file.Second)))
            .MapMaterializedValue(_ => NotUsed.Instance)
            .TakeWhile(header => header.Ok, inclusive: true);

    /// <summary>All headers to one plan, or to the reason why there is none.</summary>
    private static Flow<Reading<IReadOnlyList<SliceHeader>>, Reading<SeriesPlan>, NotUsed> Planned(CtSettings settings) =>
        Flow.Create<Reading<IReadOnlyList<SliceHeader>>>()
            .Aggregate(ImmutableList<Reading<IReadOnlyList<SliceHeader>>>.Empty, (all, header) => all.Add(header))
            .Select(all => all.FirstOrDefault(h => !h.Ok) is { } bad
                ? new Reading<SeriesPlan>(null, bad.Reason)
                : SeriesPlan.Of([.. all.SelectMany(h => h.Value!)], settings));

    /// <summary>The slices of all sequences, decoded and resized, in order; the stream ends with the first that cannot be decoded.</summary>
    private static Source<Reading<short[]>, NotUsed> Slices(SeriesPlan plan, CtSettings settings, IDicomReader reader) =>
        Source.From(Enumerable.Range(0, plan.Places.Count).SelectMany(plan.SlicesOf))
            .SelectAsync(settings.Parallelism, slice => Task.Run(() => Slice(plan, slice, settings, reader)))
            .TakeWhile(slice => slice.Ok, inclusive: true);

    /// <summary>Writes each sequence as it comes, and commits at the end. What is staged goes away with the stream, however that ends.</summary>
    private static Flow<Reading<short[]>, Outcome, NotUsed> Stored(Job job, SeriesPlan plan, CtSettings settings, SequenceStore store)
    {
        var assembly = new SeriesAssembly(job, plan, settings, store);
        return Flow.Create<Reading<short[]>>()
            .Aggregate(assembly, (series, slice) => series.Add(slice))
            .Select(series => series.Commit())
            .WatchTermination((nothing, ended) =>
            {
                _ = ended.ContinueWith(_ => assembly.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return nothing;
            });
    }

    private static Reading<short[]> Slice(SeriesPlan plan, int index, CtSettings settings, IDicomReader reader)
    {
        var header = plan.Stack.Slices[index].Header;
        try
        {
            var slice = reader.ReadPixels(header);
            if (!slice.Ok)
            {
                return new(null, slice.Reason);
            }

            var (columns, rows) = plan.ShiftOf(index);
            var frame = FrameResize.To(FrameShift.By(slice.Value, columns, rows), settings.Size);
            if (frame != slice.Value.Hu)
            {
                SpareFrames.Keep(slice.Value.Hu);
            }

            return new(frame, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a native library throws, it was about this file.
            return new(null, e is DllNotFoundException ? new Reason("no-decoder", e.Message) : new Reason("undecodable", $"{header.Path}: {e.GetType().Name}: {e.Message}"));
        }
    }

    private static Reason Unforeseen(Job job, Exception e) => e switch
    {
        IOException or UnauthorizedAccessException => new(StoreFault.Code(e), $"{job.Item}: {e.Message} Check the disk and the permissions of the work folder."),
        _ => new("unexpected", $"{job.Item}, {job.Files.Count} files from {(job.Files.Count > 0 ? job.Files[0] : "nowhere")}: {e.GetType().Name}: {e.Message}"),
    };
}
