using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Pictures;
using MhdNet.Tiling.Slides;
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
    /// Done; Rejected <c>unknown-mpp</c>, <c>too-coarse</c>, <c>not-brightfield</c>, <c>no-tissue</c>, <c>too-few-tiles</c>; Failed <c>not-a-slide</c>, <c>missing-file</c>,
    /// <c>unreadable-slide</c>, <c>openslide-missing</c>, <c>storage</c>, <c>slide-error</c>. The task itself does not fail unless the stream is torn down.
    /// </returns>
    public static IRunnableGraph<Task<Outcome>> Process(Job job, SlideSettings settings, SequenceStore store) => Run(job, settings, store, tilesCsv: null);

    /// <summary>As <see cref="Process"/>, and writes a table of all tiles with tissue, their scores and fates: x, y, size (level-0 pixels), tissue, white, saturation, focus, nuclear, verdict, sequence.</summary>
    public static IRunnableGraph<Task<Outcome>> Tile(Job job, SlideSettings settings, SequenceStore store, string tilesCsv) => Run(job, settings, store, tilesCsv);

    private static IRunnableGraph<Task<Outcome>> Run(Job job, SlideSettings settings, SequenceStore store, string? tilesCsv) =>
        Source.Lazily(() => Visited(new SlideVisit(job, settings, store, tilesCsv)))
            .ToMaterialized(Sink.First<Outcome>(), Keep.Right);

    private static Source<Outcome, NotUsed> Visited(SlideVisit visit) =>
        Planned(visit)
            .ConcatMany(step => step.Then(Examined))
            .ConcatMany(step => step.Then(Stored))
            .Select(step => step.Ended!)
            .RecoverWithRetries(error => Source.Single<Outcome>(new Outcome.Failed(SlideFailure.Of(visit.Job, error))), 1)
            .Via(Closed(visit));

    private static Source<Step<SlideScene>, NotUsed> Planned(SlideVisit visit) =>
        Source.Single(visit).SelectAsync(1, _ => visit.Readers.Use(
            reader => SlideScene.Of(visit, reader) switch
            {
                { Problem: { } reason } found => Rejected(visit, found.Scene, reason),
                var found => Step<SlideScene>.On(found.Scene!),
            },
            error => Step<SlideScene>.End(new Outcome.Failed(error.Reason))));

    private static Source<Step<ExaminedSlide>, NotUsed> Examined(SlideScene scene)
    {
        var sink = new TileSink(scene);
        return JudgedBlocks(scene, sink)
            .Via(Assembled())
            .Via(StoredWhereFull(scene, sink))
            .Aggregate((Tiles: new List<ExaminedTile>(scene.Plan.Tiles.Count), Stored: new List<SequenceEntry<TileFrame>>()), Append)
            .Select(all => Judged(ExaminedSlide.Of(scene, all.Tiles, sink, all.Stored)));
    }

    private static Source<IReadOnlyList<JudgedTile>, NotUsed> JudgedBlocks(SlideScene scene, TileSink sink)
    {
        var blocks = scene.Blocks(scene.Plan.Tiles);
        var reader = scene.Reader(blocks);
        return Source.From(blocks).SelectAsync(scene.Visit.Settings.Parallelism, block => sink.Judge(reader, block, scene.StoresAtOnce));
    }

    private static Flow<IReadOnlyList<JudgedTile>, (IReadOnlyList<ExaminedTile> Examined, PixelSequence? Full), NotUsed> Assembled() =>
        Flow.Create<IReadOnlyList<JudgedTile>>().StatefulSelectMany<IReadOnlyList<JudgedTile>, IReadOnlyList<JudgedTile>, (IReadOnlyList<ExaminedTile> Examined, PixelSequence? Full), NotUsed>(() => new SequenceAssembly().Take);

    private static Flow<(IReadOnlyList<ExaminedTile> Examined, PixelSequence? Full), (IReadOnlyList<ExaminedTile> Examined, SequenceEntry<TileFrame>? Stored), NotUsed> StoredWhereFull(SlideScene scene, TileSink sink) =>
        Flow.Create<(IReadOnlyList<ExaminedTile> Examined, PixelSequence? Full)>().SelectAsync(
            scene.Visit.Settings.Parallelism,
            part => part.Full is { } full
                ? Task.Run(() => (part.Examined, (SequenceEntry<TileFrame>?)sink.Store(full)))
                : Task.FromResult((part.Examined, (SequenceEntry<TileFrame>?)null)));

    private static Source<Step<Outcome>, NotUsed> Stored(ExaminedSlide slide) => slide.Stored.Count > 0
        ? Source.Single(Committed(slide, slide.Stored))
        : ChosenSequences(slide)
            .Aggregate(new List<SequenceEntry<TileFrame>>(slide.Sequences.Count), Append)
            .Select(entries => Committed(slide, entries));

    private static Source<SequenceEntry<TileFrame>, NotUsed> ChosenSequences(ExaminedSlide slide)
    {
        var chosen = slide.Sequences.Select((tiles, number) => (Number: number, Blocks: slide.Scene.Blocks(tiles))).ToList();
        var reader = slide.Scene.Reader([.. chosen.SelectMany(sequence => sequence.Blocks)]);
        return Source.From(chosen).SelectAsync(
            slide.Scene.Visit.Settings.Parallelism,
            async sequence => slide.Sink.Store(await slide.Sink.Read(reader, sequence.Number, sequence.Blocks).ConfigureAwait(false)));
    }

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
        if (scene is not null)
        {
            KeepPicture(scene, [], []);
        }

        return Step<SlideScene>.End(new Outcome.Rejected(reason));
    }

    private static Step<ExaminedSlide> Judged(ExaminedSlide slide)
    {
        if (slide.Scene.Visit.TilesCsv is { } path)
        {
            TileTable.Write(path, slide);
        }

        if (slide.Problem() is not { } problem)
        {
            return Step<ExaminedSlide>.On(slide);
        }

        slide.Sink.Writer.Dispose();
        KeepPicture(slide.Scene, slide.Tiles, slide.Sequences);
        return Step<ExaminedSlide>.End(problem);
    }

    private static void KeepPicture(SlideScene scene, IReadOnlyList<ExaminedTile> tiles, IReadOnlyList<IReadOnlyList<PlannedTile>> sequences)
    {
        using var writer = scene.Visit.Store.Stage(scene.Visit.Job.Item);
        writer.AddPicture(Picture(scene, tiles, sequences));
        writer.CommitPicture();
    }

    private static byte[] Picture(SlideScene scene, IReadOnlyList<ExaminedTile> tiles, IReadOnlyList<IReadOnlyList<PlannedTile>> sequences) =>
        TilingPicture.Draw(scene.Visit.Job.Item.Value, scene.Overview, scene.Mask, scene.Resolution, scene.Plan, tiles, sequences);

    private static Step<Outcome> Committed(ExaminedSlide slide, IReadOnlyList<SequenceEntry<TileFrame>> entries)
    {
        var (job, writer) = (slide.Scene.Visit.Job, slide.Sink.Writer);
        writer.AddPicture(Picture(slide.Scene, slide.Tiles, slide.Sequences));
        writer.Commit(new Manifest<TileFrame, SlideSource>(job.Item.Value, job.Kind, job.Patient, Software.Name, entries, slide.Source()));
        return Step<Outcome>.End(new Outcome.Done(entries.Count, slide.Note()));
    }

    private static List<T> Append<T>(List<T> list, T element)
    {
        list.Add(element);
        return list;
    }

    private static (List<ExaminedTile> Tiles, List<SequenceEntry<TileFrame>> Stored) Append(
        (List<ExaminedTile> Tiles, List<SequenceEntry<TileFrame>> Stored) all, (IReadOnlyList<ExaminedTile> Examined, SequenceEntry<TileFrame>? Stored) part)
    {
        all.Tiles.AddRange(part.Examined);
        if (part.Stored is { } entry)
        {
            all.Stored.Add(entry);
        }

        return all;
    }
}
