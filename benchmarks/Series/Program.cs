using System.Globalization;
using MhdNet.Benchmarks.Series;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["make", var folder]:
        LargeSeries.Write(folder);
        return 0;
    case ["read", var folder, var output]:
        Console.WriteLine(await SeriesRun.Measure(folder, output).ConfigureAwait(false));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: series-benchmark make FOLDER         writes an axial series of 400 slices of 512 x 512
                   series-benchmark read FOLDER OUTPUT  seconds and sequences from the series' files to stored sequences
            """);
        return 2;
}
