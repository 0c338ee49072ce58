using System.Globalization;
using MhdNet.Benchmarks.Series;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["make", var folder, var slices]:
        LargeSeries.Write(folder, int.Parse(slices, CultureInfo.InvariantCulture));
        return 0;
    case ["read", var folder, var output, var threads]:
        Console.WriteLine(await SeriesRun.Measure(folder, output, int.Parse(threads, CultureInfo.InvariantCulture)).ConfigureAwait(false));
        return 0;
    case ["decode", var folder, var threads]:
        Console.WriteLine(DecodeAlone.Measure(folder, int.Parse(threads, CultureInfo.InvariantCulture)));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: series-benchmark make FOLDER SLICES           writes an axial series of slices of 512 x 512
                   series-benchmark read FOLDER OUTPUT THREADS   seconds and sequences from the series' files to stored sequences
                   series-benchmark decode FOLDER THREADS        seconds of decoding the kept slices alone
            """);
        return 2;
}
