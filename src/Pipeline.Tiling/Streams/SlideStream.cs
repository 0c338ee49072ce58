using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Pictures;
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
    /// <summary>Tiles that a stain normalisation is fitted to.</summary>
    private const int StainSamples = 32;

    /// <summary>Turns one slide into sequences of 24 tiles, uint8 [24,224,224,3] RGB, with a manifest and a picture.</summary>
    /// <returns>
    /// Done; Rejected <c>unknown-mpp</c>, <c>too-coarse</c>, <c>not-brightfield</c>, <c>no-tissue</c>, <c>no-such-level</c>, <c>too-few-tiles</c>; Failed <c>not-a-slide</c>, <c>missing-file</c>,
    /// <c>unreadable-slide</c>, <c>unusable-mask</c>, <c>openslide-missing</c>, <c>storage</c>, <c>slide-error</c>. The task itself does not fail unless the stream is torn down.
    /// </returns>
    public static IRunnableGraph<Task<Outcome>> Process(Job job, SlideSettings settings, SequenceStore store) => Run(job, settings, store, tilesCsv: null);

    /// <summary>As <see cref="Process"/>, and writes a table of all tiles with tissue, their scores and fates: x, y, size (level-0 pixels), tissue, white, saturation, focus, nuclear, verdict, sequence.</summary>
    public static IRunnableGraph<Task<Outcome>> Tile(Job job, SlideSettings settings, SequenceStore store, string tilesCsv) => Run(job, settings, store, tilesCsv);

    /// <summary>Finds the tissue of a slide, plans its tiles and draws both, without reading a tile; writes the picture, the outlines where wanted, and the table where wanted.</summary>
    /// <returns>The plan, or the reason why there is none. The task fails where the result cannot be written.</returns>
    public static IRunnableGraph<Task<PlannedSlide>> Plan(Job job, SlideSettings settings, SequenceStore store, string? tilesCsv) =>
        Source.Lazily(() =>
        {
            var visit = new SlideVisit(job, settings, store, tilesCsv);
            return Source.Single(visit)
                .SelectAsync(1, _ => visit.Readers.Use(reader => Drawn(visit, reader), error => new PlannedSlide(error.Reason, null, 0, 0, 0)))
                .WatchTermination((_, ended) =>
                {
                    ended.ContinueWith(_ => visit.Dispose(), TaskScheduler.Default);
                    return NotUsed.Instance;
                });
        }).ToMaterialized(Sink.First<PlannedSlide>(), Keep.Right);

    private static PlannedSlide Drawn(SlideVisit visit, ISlideReader reader)
    {
        var (scene, problem) = SlideScene.Of(visit, reader);
        if (scene is null)
        {
            return new PlannedSlide(problem, null, 0, 0, 0);
        }

        ExaminedTile[] tiles = [.. scene.Plan.Tiles.Select(tile => new ExaminedTile(tile, TileVerdict.Planned)), .. scene.Plan.Sparse.Select(tile => new ExaminedTile(tile, TileVerdict.Sparse))];
        if (visit.TilesCsv is { } path)
        {
            TileTable.Write(path, scene, tiles, []);
        }

        KeepPicture(scene, tiles, []);
        return new PlannedSlide(problem, scene.Mask.TissueShare, scene.Plan.Tiles.Count, scene.Plan.Sparse.Count, scene.Plan.Background);
    }

    private static IRunnableGraph<Task<Outcome>> Run(Job job, SlideSettings settings, SequenceStore store, string? tilesCsv) =>
        Source.Lazily(() => Visited(new SlideVisit(job, settings, store, tilesCsv)))
            .ToMaterialized(Sink.First<Outcome>(), Keep.Right);

    private static Source<Outcome, NotUsed> Visited(SlideVisit visit) =>
        Planned(visit)
            .ConcatMany(step => step.Then(Fitted))
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

    /// <summary>Fits the colours to tiles from all over the tissue, where they are to be normalised.</summary>
    private static Source<Step<SlideScene>, NotUsed> Fitted(SlideScene scene)
    {
        if (scene.Visit.Settings.Stain == StainMethod.None)
        {
            return Source.Single(Step<SlideScene>.On(scene));
        }

        var blocks = TileSequences.Spread(scene.Plan.Tiles, StainSamples).Select(tile => new TileBlock([tile])).ToList();
        var reader = scene.Reader(blocks);
        return Source.From(blocks)
            .SelectAsync(scene.Visit.Settings.Parallelism, block => reader.Read(block, (_, rgb) => rgb.EveryFourth(), (_, _) => []))
            .Aggregate(new List<byte>(), (all, samples) => Append(all, samples))
            .Select(all => Step<SlideScene>.On(scene with { Stain = StainNormaliser.Fit(scene.Visit.Settings.Stain, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(all)) }));
    }

    private static List<byte> Append(List<byte> all, IReadOnlyList<byte[]> samples)
    {
        foreach (var sample in samples)
        {
            all.AddRange(sample);
        }

        return all;
    }

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
            TileTable.Write(path, slide.Scene, slide.Tiles, slide.Sequences);
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
