using System.Globalization;
using MhdNet.Ingest.Items;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Pictures;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Stains;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;
using OpenCvSharp;

namespace MhdNet.Tiling.Streams;

/// <summary>What is known of a slide before its tiles are read.</summary>
internal sealed record SlideScene(
    SlideVisit Visit, IReadOnlyList<SlideLevel> Levels, TiledJpegSlide? Cells, string Vendor, SlideResolution Resolution, SlideOverview Overview, TissueMask Mask, TilePlan Plan, double TargetMpp)
{
    /// <summary>Longest edge of the overview in pixels where the slide is small; a large slide's is finer than its mask needs anyway.</summary>
    private const double OverviewEdge = 1000;

    /// <summary>Brings the stored tiles' colours to a reference; null: they stay.</summary>
    public StainNormaliser? Stain { get; init; }

    /// <summary>Whether every sequence that can come about will be stored, so that tiles are stored as they are judged and nothing is read twice.</summary>
    public bool StoresAtOnce { get; } = Visit.Settings.Remainder == RemainderPolicy.Drop
        && (Visit.Settings.MaxSequences == 0 || Plan.Tiles.Count / SlideSettings.SequenceLength <= Visit.Settings.MaxSequences);

    /// <summary>Resolution, tissue and plan of a slide; or why there are none.</summary>
    public static (SlideScene? Scene, Reason? Problem) Of(SlideVisit visit, ISlideReader opened)
    {
        var (path, settings) = (visit.Path, visit.Settings);
        var cells = TiledJpegSlide.Of(opened) is { } tiled ? visit.Own(tiled) : null;
        ISlideReader reader = cells is null ? opened : cells;
        if (SlideResolution.Of(opened.Properties, settings.DefaultMpp, settings.KnownMpp) is not { } resolution)
        {
            return Rejected("unknown-mpp", $"{path} does not say how large its pixels are: no scanner entry, no believable TIFF resolution, no objective power. Say it with --mpp-csv or --default-mpp of 'tile', or set mhdnet.slides.default-mpp (0.25 for 40x, 0.5 for 20x) and retry.");
        }

        if (settings.Level >= opened.Levels.Count)
        {
            return Rejected("no-such-level", $"{path} has {opened.Levels.Count} levels, 0 to {opened.Levels.Count - 1}, and level {settings.Level} was asked for. Ask for a resolution with --mpp: it is found in any slide.");
        }

        var target = settings.Level is { } level ? resolution.MppX * opened.Levels[level].Downsample : settings.TargetMpp;
        var grid = settings.Level is { } only ? TileGrid.OfLevel(reader.Levels, only, settings.TileSize) : TileGrid.Of(reader.Levels, resolution, settings.TileSize, target);
        var enlargement = 1 / Math.Min(grid.ResampleX, grid.ResampleY);
        if (enlargement > settings.MaxEnlargement)
        {
            return Rejected("too-coarse", string.Create(CultureInfo.InvariantCulture, $"{path} was scanned at {resolution} µm per pixel; for {settings.TargetMpp:0.###} µm it would be enlarged {enlargement:0.##} times, more than {settings.MaxEnlargement:0.##}. Scan it at a higher power, or raise mhdnet.slides.target-mpp (--mpp)."));
        }

        var overview = visit.Own(SlideOverview.Read(reader, resolution, OverviewMpp(reader.Levels[0], resolution, settings.Tissue.Mpp)));
        var mask = visit.Own(settings.MaskFile is { } file ? DrawnTissue(file, overview, reader.Levels[0], settings.Tissue) : FindTissue(overview, settings.Tissue));
        if (settings.MaskOutFile is { } outlines)
        {
            MaskGeoJson.Write(outlines, mask.Mask, reader.Levels[0].Width / (double)mask.Mask.Width, reader.Levels[0].Height / (double)mask.Mask.Height);
        }

        var plan = TilePlan.Of(grid, mask, resolution, settings.Filter);
        return (new SlideScene(visit, reader.Levels, cells, opened.Properties.GetValueOrDefault("openslide.vendor", "unknown"), resolution, overview, mask, plan, target), TissueVerdict.Of(mask, path, settings.Tissue, settings.MaskFile));

        (SlideScene?, Reason) Rejected(string code, string sentence)
        {
            KeepThumbnail(visit, reader, code);
            return (null, new Reason(code, sentence));
        }
    }

    /// <summary>Stores the picture of a slide that nothing was looked for on: for people to see what it is.</summary>
    private static void KeepThumbnail(SlideVisit visit, ISlideReader reader, string reason)
    {
        var pixels = new SlideResolution(1, 1, ResolutionOrigin.Settings); // a thumbnail needs no scale
        using var overview = SlideOverview.Read(reader, pixels, Math.Max(reader.Levels[0].Width, reader.Levels[0].Height) / OverviewEdge);
        using var writer = visit.Store.Stage(visit.Job.Item);
        writer.AddPicture(TilingPicture.Thumbnail(visit.Job.Item.Value, reason, overview));
        writer.CommitPicture();
    }

    /// <summary>Cuts tiles in Hilbert order into blocks.</summary>
    public IReadOnlyList<TileBlock> Blocks(IReadOnlyList<PlannedTile> tiles) => TileBlock.Of(tiles, TileBlock.Order(Plan.Grid));

    /// <summary>What reads those blocks.</summary>
    public IBlockReader Reader(IReadOnlyList<TileBlock> blocks) => Cells is not null
        ? new CellBlockReader(Cells, Plan.Grid, blocks)
        : new RegionBlockReader(Visit.Readers, Plan.Grid, Levels[Plan.Grid.Level].Downsample);

    /// <summary>The quality picture.</summary>
    public byte[] Picture(IReadOnlyList<ExaminedTile> tiles, IReadOnlyList<IReadOnlyList<PlannedTile>> sequences) =>
        TilingPicture.Draw(Visit.Job.Item.Value, Overview, Mask, Resolution, Plan, tiles, sequences);

    /// <summary>Stores picture and numbers of a slide without sequences.</summary>
    public void KeepPicture(IReadOnlyList<ExaminedTile> tiles, IReadOnlyList<IReadOnlyList<PlannedTile>> sequences, TileCounts counts)
    {
        using var writer = Visit.Store.Stage(Visit.Job.Item);
        writer.AddPicture(Picture(tiles, sequences));
        writer.AddNumbers(Source(counts));
        writer.CommitPicture();
    }

    /// <summary>The manifest's description of the slide.</summary>
    public SlideSource Source(TileCounts counts) => new(
        Levels[0].Width, Levels[0].Height, Resolution.MppX, Resolution.MppY, Resolution.Origin, Vendor, TargetMpp, Plan.Grid,
        Mask.Mpp, Mask.Threshold, Path.GetFileName(Visit.Settings.MaskFile), Mask.TissueShare, Visit.Settings.Filter, Visit.Settings.Remainder, Visit.Settings.MaxSequences, counts,
        Levels[Plan.Grid.Level].Stored, Levels[Plan.Grid.Level].Scale, Cells is null ? "openslide" : "turbojpeg", Stain?.Record);

    private static double OverviewMpp(SlideLevel whole, SlideResolution resolution, double maskMpp) =>
        Math.Min(maskMpp, Math.Max(whole.Width * resolution.MppX, whole.Height * resolution.MppY) / OverviewEdge);

    private static TissueMask DrawnTissue(string file, SlideOverview overview, SlideLevel whole, TissueSettings settings)
    {
        try
        {
            using var drawn = MaskGeoJson.Read(file, overview.Rgb.Size(), overview.Rgb.Width / (double)whole.Width, overview.Rgb.Height / (double)whole.Height);
            return TissueMask.Drawn(drawn, overview.Rgb, overview.Mpp, settings);
        }
        catch (InvalidDataException e)
        {
            throw new SlideException("unusable-mask", e.Message, e);
        }
    }

    private static TissueMask FindTissue(SlideOverview overview, TissueSettings settings)
    {
        if (overview.Mpp >= settings.Mpp)
        {
            return TissueMask.Of(overview.Rgb, overview.Mpp, settings);
        }

        var scale = overview.Mpp / settings.Mpp;
        using var small = new Mat();
        Cv2.Resize(overview.Rgb, small, new Size(Math.Max(1, Math.Round(overview.Rgb.Width * scale)), Math.Max(1, Math.Round(overview.Rgb.Height * scale))), interpolation: InterpolationFlags.Area);
        return TissueMask.Of(small, settings.Mpp, settings);
    }
}
