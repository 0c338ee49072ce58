using System.Diagnostics;
using System.Runtime.InteropServices;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;

namespace MhdNet.Benchmarks.Slides;

/// <summary>The floor of any tiling: reading and decoding each native tile under a planned tile once, on every core, into memory that is thrown away.</summary>
internal static unsafe class DecodeFloor
{
    public static string Measure(string path)
    {
        var settings = new SlideSettings();
        using var opened = OpenSlideImage.Open(path);
        using var slide = TiledJpegSlide.Of(opened) ?? throw new InvalidOperationException($"{path} has no JPEG tiles");
        var resolution = SlideResolution.Of(opened.Properties, settings.DefaultMpp)!;
        using var overview = SlideOverview.Read(slide, resolution, settings.Tissue.Mpp);
        using var mask = TissueMask.Of(overview.Rgb, overview.Mpp, settings.Tissue);
        var grid = TileGrid.Of(slide.Levels, resolution, settings.TileSize, settings.TargetMpp);
        var plan = TilePlan.Of(grid, mask, resolution, settings.Filter);
        var (places, cells) = (new LevelPlaces(grid, slide.Levels[grid.Level].Downsample), slide.Cells(grid.Level));
        var needed = plan.Tiles.SelectMany(tile => cells.Covering(places.Corner(tile).Left, places.Corner(tile).Top, grid.ReadWidth, grid.ReadHeight)).Distinct().ToList();
        var bytes = (nuint)(cells.Width * cells.Height * 3);

        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        Parallel.ForEach(
            needed,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (nint)NativeMemory.Alloc(bytes),
            (cell, _, buffer) => slide.Decode(grid.Level, cell, (byte*)buffer, cells.Width * 3) ? buffer : throw new InvalidOperationException($"{cell} of {path} is damaged"),
            buffer => NativeMemory.Free((void*)buffer));
        return $"{clock.Elapsed.TotalSeconds:0.000} {needed.Count} native tiles for {plan.Tiles.Count} planned tiles, {(Environment.CpuUsage.TotalTime - processor).TotalSeconds:0.00} s of processor";
    }
}
