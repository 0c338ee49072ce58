using System.Diagnostics;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;
namespace MhdNet.Benchmarks.Slides;
internal static class Stages
{
    public static async Task Measure(string path)
    {
        for (var round = 0; round < 2; round++)
        {
        var settings = new SlideSettings();
        var clock = Stopwatch.StartNew();
        void Tell(string what) { Console.WriteLine($"{what} {clock.Elapsed.TotalSeconds:0.000}"); clock.Restart(); }
        using var opened = OpenSlideImage.Open(path);
        Tell("open");
        using var slide = TiledJpegSlide.Of(opened)!;
        Tell("cells");
        var resolution = SlideResolution.Of(opened.Properties, settings.DefaultMpp)!;
        using var overview = SlideOverview.Read(slide, resolution, settings.Tissue.Mpp);
        Tell("overview");
        using var mask = TissueMask.Of(overview.Rgb, overview.Mpp, settings.Tissue);
        Tell("mask");
        var grid = TileGrid.Of(slide.Levels, resolution, settings.TileSize, settings.TargetMpp);
        var plan = TilePlan.Of(grid, (x, y, width, height) => mask.Share(x * resolution.MppX, y * resolution.MppY, width * resolution.MppX, height * resolution.MppY), settings.Filter.MinTissue);
        Tell("plan");
        var blocks = TileBlock.Of(plan.Tiles, TileBlock.Order(grid));
        var reader = new CellBlockReader(slide, grid, blocks);
        Tell("blocks " + blocks.Count);
        foreach (var b in blocks) await reader.Read(b, (t, p) => 0, (t, e) => 1);
        Tell("decode 1 core");
        reader = new CellBlockReader(slide, grid, blocks);
        foreach (var b in blocks) await reader.Read(b, (t, p) => TileScores.Of(p, settings.Filter), (t, e) => null!);
        Tell("decode+scores 1 core");
        var buffer = new byte[224*224*3];
        reader = new CellBlockReader(slide, grid, blocks);
        foreach (var b in blocks) await reader.Read(b, (t, p) => { p.CopyTo(buffer); return 0; }, (t, e) => 1);
        Tell("decode+copy 1 core");
        var headers = Enumerable.Range(0, 24).Select(_ => (ReadOnlyMemory<byte>)new byte[224*224*3]).ToArray();
        Directory.CreateDirectory("/dev/shm/slides/x");
        for (var i = 0; i < 290; i++) { using var f = File.OpenHandle($"/dev/shm/slides/x/{i}", FileMode.Create, FileAccess.Write, FileShare.None, preallocationSize: 224*224*3*24); RandomAccess.Write(f, headers, 0); }
        Tell("write 290 to shm prealloc");
        Directory.Delete("/dev/shm/slides/x", true); Directory.CreateDirectory("/dev/shm/slides/x"); Tell("delete");
        for (var i = 0; i < 290; i++) { using var f = File.OpenHandle($"/dev/shm/slides/x/{i}", FileMode.Create, FileAccess.Write, FileShare.None); RandomAccess.Write(f, headers, 0); }
        Tell("write 290 to shm no prealloc");
        Directory.Delete("/dev/shm/slides/x", true);
        }
    }
}
