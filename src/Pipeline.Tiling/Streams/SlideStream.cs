using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Stains;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>
/// A slide on its way into the store, in blocks of tiles along the Hilbert curve. Where all sequences are wanted, good tiles are stored as they are judged;
/// where only some are, all tiles are judged first and the chosen ones read again. Memory holds a few blocks and sequences, however large the slide is.
/// </summary>
public static class SlideStream
{
    /// <summary>Turns one slide into sequences of 24 tiles, uint8 [24,224,224,3] RGB, with a manifest and a picture.</summary>
    /// <returns>
    /// Done; Rejected <c>unknown-mpp</c>, <c>too-coarse</c>, <c>not-brightfield</c>, <c>no-tissue</c>, <c>no-such-level</c>, <c>too-few-tiles</c>; Failed <c>not-a-slide</c>, <c>missing-file</c>,
    /// <c>unreadable-slide</c>, <c>unsupported-pixels</c>, <c>untiled</c>, <c>unusable-mask</c>, <c>openslide-missing</c>, <c>storage</c>, <c>slide-error</c>. The task itself does not fail unless the stream is torn down.
    /// </returns>
    public static IRunnableGraph<Task<Outcome>> Process(Job job, SlideSettings settings, SequenceStore store) => Run(job, settings, store, tilesCsv: null);

    /// <summary>As <see cref="Process"/>, and writes a table of all tiles with tissue, their scores and fates: x, y, size (level-0 pixels), tissue, white, saturation, focus, nuclear, verdict, sequence.</summary>
    public static IRunnableGraph<Task<Outcome>> Tile(Job job, SlideSettings settings, SequenceStore store, string tilesCsv) => Run(job, settings, store, tilesCsv);

    /// <summary>Opens a slide, does something with it, and closes it; whatever is thrown on the way is an outcome.</summary>
    internal static IRunnableGraph<Task<Outcome>> Visit(Func<SlideVisit> open, Func<SlideVisit, Source<Outcome, NotUsed>> work) =>
        Source.Lazily(() =>
        {
            var visit = open();
            return work(visit)
                .RecoverWithRetries(error => Source.Single<Outcome>(new Outcome.Failed(SlideFailure.Of(visit.Job, error))), 1)
                .Via(Closed(visit));
        }).ToMaterialized(Sink.First<Outcome>(), Keep.Right);

    private static IRunnableGraph<Task<Outcome>> Run(Job job, SlideSettings settings, SequenceStore store, string? tilesCsv) => Visit(
        () => new SlideVisit(job, settings, store, tilesCsv),
        visit => Planned(visit)
            .ConcatMany(step => step.Then(Fitted))
            .ConcatMany(step => step.Then(Examined))
            .ConcatMany(step => step.Then(Stored))
            .Select(step => step.Ended!));

    private static Source<Step<SlideScene>, NotUsed> Planned(SlideVisit visit) =>
        Source.Single(visit).SelectAsync(1, _ => visit.Readers.Use(
            reader => SlideScene.Of(visit, reader) switch
            {
                { Problem: { } reason } found => Rejected(visit, found.Scene, reason),
                var found => Step<SlideScene>.On(found.Scene!),
            },
            error => Step<SlideScene>.End(new Outcome.Failed(error.Reason))));

    /// <summary>Fits the colours to tiles from all over the tissue, where they are to be normalised.</summary>
    private static Source<Step<SlideScene>, NotUsed> Fitted(SlideScene scene) => scene.Visit.Settings.Stain == StainMethod.None
        ? Source.Single(Step<SlideScene>.On(scene))
        : TileFlow.Samples(scene).Select(rgb => Step<SlideScene>.On(scene with { Stain = StainNormaliser.Fit(scene.Visit.Settings.Stain, rgb) }));

    private static Source<Step<ExaminedSlide>, NotUsed> Examined(SlideScene scene)
    {
        var sink = new TileSink(scene);
        return TileFlow.Judged(scene, sink)
            .Via(TileFlow.Assembled())
            .Via(TileFlow.StoredWhereFull(scene, sink))
            .Aggregate(new Examination(), (all, part) => all.With(part))
            .Select(all => Judged(ExaminedSlide.Of(scene, all, sink)));
    }

    private static Source<Step<Outcome>, NotUsed> Stored(ExaminedSlide slide) => slide.Stored.Count > 0
        ? Source.Single(Committed(slide, slide.Stored))
        : TileFlow.Chosen(slide).Aggregate(new List<SequenceEntry<TileFrame>>(slide.Sequences.Count), Append).Select(entries => Committed(slide, entries));

    /// <summary>Releases the slide before anybody hears of the outcome (who may try again at once), and where the stream is torn down.</summary>
    private static Flow<Outcome, Outcome, NotUsed> Closed(SlideVisit visit) =>
        Flow.Create<Outcome>()
            .Select(outcome =>
            {
                visit.Dispose();
                return outcome;
            })
            .WatchTermination((_, ended) =>
            {
                ended.ContinueWith(_ => visit.Dispose(), TaskScheduler.Default);
                return NotUsed.Instance;
            });

    private static Step<SlideScene> Rejected(SlideVisit visit, SlideScene? scene, Reason reason)
    {
        if (visit.TilesCsv is { } table && File.Exists(table))
        {
            File.Delete(table); // of an earlier form of the slide
        }

        scene?.KeepPicture([], [], TileCounts.Of(scene.Plan.Background, scene.Plan.Dropped, 0));

        return Step<SlideScene>.End(new Outcome.Rejected(reason));
    }

    private static Step<ExaminedSlide> Judged(ExaminedSlide slide)
    {
        if (slide.Scene.Visit.TilesCsv is { } path)
        {
            TileTable.Write(path, slide.Scene, slide.Tiles, slide.Sequences);
        }

        if (slide.Problem() is not { } problem)
        {
            return Step<ExaminedSlide>.On(slide);
        }

        slide.Sink.Writer.Dispose();
        slide.Scene.KeepPicture(slide.Tiles, slide.Sequences, slide.Counts);
        return Step<ExaminedSlide>.End(problem);
    }

    private static Step<Outcome> Committed(ExaminedSlide slide, IReadOnlyList<SequenceEntry<TileFrame>> entries)
    {
        var (job, writer) = (slide.Scene.Visit.Job, slide.Sink.Writer);
        writer.AddPicture(slide.Scene.Picture(slide.Tiles, slide.Sequences));
        writer.Commit(new Manifest<TileFrame, SlideSource>(job.Item.Value, job.Kind, job.Patient, Software.Name, entries, slide.Scene.Source(slide.Counts)));
        return Step<Outcome>.End(new Outcome.Done(entries.Count, slide.Note()));
    }

    private static List<T> Append<T>(List<T> list, T element)
    {
        list.Add(element);
        return list;
    }
}
