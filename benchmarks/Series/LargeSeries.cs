using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Phantom;

namespace MhdNet.Benchmarks.Series;

/// <summary>A series of the size that scanners deliver: 400 slices of 512 x 512 at 0.7 mm, alone in its folder.</summary>
internal static class LargeSeries
{
    public static void Write(string folder)
    {
        var series = CtPhantom.Write(folder, "benchmark", 0, 3, 1, scan: new PhantomScan(400, 512, 0.7)).SeriesUid;
        var reader = new GdcmReader();
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => reader.ReadIdentity(file).Value?.SeriesInstanceUid != series).ToList())
        {
            File.Delete(file); // the localizers
        }
    }
}
