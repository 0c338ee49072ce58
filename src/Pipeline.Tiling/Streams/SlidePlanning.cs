using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>The first part of <see cref="SlideStream"/> alone.</summary>
public static class SlidePlanning
{
    /// <summary>Finds the tissue of a slide, plans its tiles and draws both, without reading a tile; writes the picture, the outlines where wanted, and the table where wanted.</summary>
    /// <returns>The plan, or the reason why there is none. The task fails where the result cannot be written.</returns>
    public static IRunnableGraph<Task<PlannedSlide>> Plan(Job job, SlideSettings settings, SequenceStore store, string? tilesCsv) =>
        Source.Lazily(() =>
        {
            var visit = new SlideVisit(job, settings, store, tilesCsv);
            return Source.Single(visit)
                .SelectAsync(1, _ => visit.Readers.Use(reader => Drawn(visit, reader), error => new PlannedSlide(error.Reason, null, 0, null) { IsFailure = true }))
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
            return new PlannedSlide(problem, null, 0, null);
        }

        ExaminedTile[] tiles = [.. scene.Plan.Tiles.Select(tile => new ExaminedTile(tile, TileVerdict.Planned)), .. scene.Plan.Dropped];
        if (visit.TilesCsv is { } path)
        {
            TileTable.Write(path, scene, tiles, []);
        }

        scene.KeepPicture(tiles, [], null);
        return new PlannedSlide(problem, scene.Mask.TissueShare, scene.Plan.Tiles.Count, TileCounts.Of(scene.Plan.Background, scene.Plan.Dropped, 0));
    }
}
