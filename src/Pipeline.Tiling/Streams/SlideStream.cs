using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Pictures;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>
/// A slide on its way into the store. Tiles are read twice: all once, to judge them, and the chosen ones again, to store them. So memory holds a few
/// tiles and one sequence for each reader, however large the slide is.
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

    private static Source<Step<ExaminedSlide>, NotUsed> Examined(SlideScene scene) =>
        Source.From(scene.Plan.Tiles)
            .SelectAsync(scene.Visit.Settings.Readers, tile => TileReader.Examine(scene.Visit.Readers, scene.Plan.Grid, tile, scene.Visit.Settings.Filter))
            .Aggregate(new List<ExaminedTile>(scene.Plan.Tiles.Count), Append)
            .Select(tiles => Judged(ExaminedSlide.Of(scene, tiles)));

    private static Source<Step<Outcome>, NotUsed> Stored(ExaminedSlide slide)
    {
        var visit = slide.Scene.Visit;
        var writer = visit.Own(visit.Store.Stage(visit.Job.Item));
        return Source.From(slide.Sequences)
            .SelectAsync(visit.Settings.Readers, tiles => visit.Readers.Use(reader => (tiles, Pixels: Pixels(reader, slide.Scene.Plan.Grid, tiles))))
            .Select(sequence => Entry(writer, slide.Scene.Plan.Grid, sequence.tiles, sequence.Pixels))
            .Aggregate(new List<SequenceEntry<TileFrame>>(slide.Sequences.Count), Append)
            .Select(entries => Committed(slide, writer, entries));
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

    private static byte[] Pixels(ISlideReader reader, TileGrid grid, IReadOnlyList<PlannedTile> tiles)
    {
        var bytes = grid.Edge * grid.Edge * 3;
        var pixels = new byte[tiles.Count * bytes];
        for (var i = 0; i < tiles.Count; i++)
        {
            using var rgb = TileReader.Read(reader, grid, tiles[i]);
            System.Runtime.InteropServices.Marshal.Copy(rgb.Data, pixels, i * bytes, bytes);
        }

        return pixels;
    }

    private static SequenceEntry<TileFrame> Entry(SequenceWriter writer, TileGrid grid, IReadOnlyList<PlannedTile> tiles, byte[] pixels) => new(
        writer.Add<byte>(pixels, tiles.Count, grid.Edge, grid.Edge, 3),
        [.. tiles.Select(tile => new TileFrame(tile.X, tile.Y, grid.Width, Math.Round(tile.Tissue, 4)))]);

    private static Step<Outcome> Committed(ExaminedSlide slide, SequenceWriter writer, List<SequenceEntry<TileFrame>> entries)
    {
        var job = slide.Scene.Visit.Job;
        writer.AddPicture(Picture(slide.Scene, slide.Tiles, slide.Sequences));
        writer.Commit(new Manifest<TileFrame, SlideSource>(job.Item.Value, job.Kind, job.Patient, Software.Name, entries, slide.Source()));
        return Step<Outcome>.End(new Outcome.Done(entries.Count, slide.Note()));
    }

    private static List<T> Append<T>(List<T> list, T element)
    {
        list.Add(element);
        return list;
    }
}
