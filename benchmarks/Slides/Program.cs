using System.Globalization;
using MhdNet.Benchmarks.Slides;
using MhdNet.Tiling.Slides;

OpenSlideLibrary.LoadFirst();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["make", "generic", var path]:
        MosaicSlide.WriteGeneric(path);
        return 0;
    case ["make", "aperio", var path]:
        MosaicSlide.WriteAperio(path);
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
            usage: slides-benchmark make generic|aperio SLIDE  writes a slide of 28,000 x 30,000 pixels, as converters or as Aperio scanners do
                   slides-benchmark tile SLIDE FOLDER  seconds and kept tiles from the slide's file to stored sequences
                   slides-benchmark plan SLIDE FOLDER  seconds and dry runs: tissue, plan, picture and table, without reading tiles
                   slides-benchmark floor SLIDE        seconds and native tiles of decoding alone what the plan needs
            """);
        return 2;
}
