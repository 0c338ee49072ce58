using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Phantom;

namespace MhdNet.Benchmarks.Series;

/// <summary>Series of the size that scanners deliver: slices of 512 x 512 at 0.7 mm, alone in their folder.</summary>
internal static class LargeSeries
{
    public static void Write(string folder, int slices)
    {
        var series = CtPhantom.Write(folder, "benchmark", 0, 3, 1, scan: new PhantomScan(slices, 512, 280.0 / slices)).SeriesUid;
        var reader = DicomLibrary.Reader();
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => reader.ReadIdentity(file).Value?.SeriesInstanceUid != series).ToList())
        {
            File.Delete(file); // the localizers
        }
    }
}
