using System.Globalization;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>A slide whose tiles were all judged, and the sequences chosen.</summary>
/// <param name="Scene">The slide.</param>
/// <param name="Tiles">Every tile with tissue or an artefact: those that were read in Hilbert order, then the others.</param>
/// <param name="Sequences">The tiles of each sequence.</param>
/// <param name="Sink">Where the sequences go.</param>
/// <param name="Stored">The sequences that are stored already: all or none.</param>
internal sealed record ExaminedSlide(
    SlideScene Scene, IReadOnlyList<ExaminedTile> Tiles, IReadOnlyList<IReadOnlyList<PlannedTile>> Sequences, TileSink Sink, IReadOnlyList<SequenceEntry<TileFrame>> Stored)
{
    public TileCounts Counts { get; } = TileCounts.Of(Scene.Plan.Background, Tiles, Sequences.SelectMany(sequence => sequence).Distinct().Count());

    private SlideSettings Settings => Scene.Visit.Settings;

    private string Path => Scene.Visit.Path;

    /// <summary>Chooses the sequences among the judged tiles.</summary>
    public static ExaminedSlide Of(SlideScene scene, Examination all, TileSink sink)
    {
        var settings = scene.Visit.Settings;
        List<PlannedTile> kept = [.. all.Tiles.Where(tile => tile.Verdict == TileVerdict.Kept).Select(tile => tile.Tile)];
        var starts = TileSequences.Starts(kept.Count, SlideSettings.SequenceLength, settings.Remainder, settings.MaxSequences);
        return new ExaminedSlide(
            scene,
            [.. all.Tiles, .. scene.Plan.Dropped],
            [.. starts.Select(start => kept.GetRange(start, SlideSettings.SequenceLength))],
            sink,
            all.Stored);
    }

    /// <summary>Why the slide gives no sequences, or null.</summary>
    public Outcome? Problem()
    {
        var read = Scene.Plan.Tiles.Count;
        if (Counts.Unreadable > Settings.MaxUnreadable * read)
        {
            var first = Tiles.First(tile => tile.Verdict == TileVerdict.Unreadable).Error;
            return new Outcome.Failed(new Reason("unreadable-slide", string.Create(CultureInfo.InvariantCulture, $"{Path}: {Counts.Unreadable} of {read} tiles cannot be decoded, more than {Settings.MaxUnreadable:P0}. The first: {first}")));
        }

        return Sequences.Count == 0
            ? new Outcome.Rejected(new Reason("too-few-tiles", $"{Path} has {Counts.Kept} usable tiles, a sequence needs {SlideSettings.SequenceLength}. Of {Counts}. Look at its picture; if tiles were dropped wrongly, change the limits in mhdnet.slides.filter."))
            : null;
    }

    /// <summary>What people should know of a good slide, or null.</summary>
    public string? Note()
    {
        List<string> notes = [];
        if (Scene.Resolution.Origin is ResolutionOrigin.Settings or ResolutionOrigin.ObjectivePower)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"resolution assumed: {Scene.Resolution} µm per pixel ({(Scene.Resolution.Origin == ResolutionOrigin.Settings ? "mhdnet.slides.default-mpp" : "from the objective's power")})"));
        }

        if (Settings.Stain != Stains.StainMethod.None && Scene.Stain is null)
        {
            notes.Add($"too little stained tissue to fit {Settings.Stain.ToString().ToLowerInvariant()} to, stored as scanned");
        }

        if (Counts.Unreadable > 0)
        {
            notes.Add($"{Counts.Unreadable} of {Scene.Plan.Tiles.Count} tiles cannot be decoded and were left out");
        }

        if (Scene.Overview.DamagedShare > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{Scene.Overview.DamagedShare:P1} of the low-power image cannot be decoded; it was taken for tissue"));
        }

        return notes.Count == 0 ? null : string.Join("; ", notes);
    }
}
