using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>The first part of <see cref="SlideStream"/> alone.</summary>
public static class SlidePlanning
{
    /// <summary>Finds the tissue of a slide, plans its tiles and draws both, without reading a tile; stores the picture with the slide's numbers, and the outlines and the table where wanted.</summary>
    /// <returns>Done without a sequence, or what <see cref="SlideStream"/> would say. The task does not fail unless the stream is torn down.</returns>
    public static IRunnableGraph<Task<Outcome>> Plan(Job job, SlideSettings settings, SequenceStore store, string? tilesCsv) => SlideStream.Visit(
        () => new SlideVisit(job, settings, store, tilesCsv),
        visit => Source.Single(visit).SelectAsync(1, _ => visit.Readers.Use(reader => Drawn(visit, reader), error => new Outcome.Failed(error.Reason))));

    private static Outcome Drawn(SlideVisit visit, ISlideReader reader)
    {
        var (scene, problem) = SlideScene.Of(visit, reader);
        if (scene is not null)
        {
            ExaminedTile[] tiles = [.. scene.Plan.Tiles.Select(tile => new ExaminedTile(tile, TileVerdict.Planned)), .. scene.Plan.Dropped];
            if (visit.TilesCsv is { } path)
            {
                TileTable.Write(path, scene, tiles, []);
            }

            scene.KeepPicture(tiles, [], TileCounts.Of(scene.Plan.Background, scene.Plan.Dropped, 0));
        }

        return problem is null ? new Outcome.Done(0, null) : new Outcome.Rejected(problem);
    }
}
