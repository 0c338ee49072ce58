using System.Globalization;
using MhdNet.Benchmarks.Slides;
using MhdNet.Tiling.Slides;

OpenSlideLibrary.LoadFirst();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["make", var path]:
        MosaicSlide.Write(path);
        return 0;
    case ["tile", var slide, var output]:
        Console.WriteLine(await TilingRun.Measure(slide, output).ConfigureAwait(false));
        return 0;
    case ["plan", var slide, var output]:
        Console.WriteLine(await PlanningRun.Measure(slide, output).ConfigureAwait(false));
        return 0;
    case ["floor", var slide]:
        Console.WriteLine(DecodeFloor.Measure(slide));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: slides-benchmark make SLIDE         writes a slide of 28,000 x 30,000 pixels
                   slides-benchmark tile SLIDE FOLDER  seconds and kept tiles from the slide's file to stored sequences
                   slides-benchmark plan SLIDE FOLDER  seconds and dry runs: tissue, plan, picture and table, without reading tiles
                   slides-benchmark floor SLIDE        seconds and native tiles of decoding alone what the plan needs
            """);
        return 2;
}
