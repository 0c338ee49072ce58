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

    /// <summary>Writes a copy whose pixels are compressed without loss, by GDCM.</summary>
    public static void Compress(string folder, string into, string syntax)
    {
        _ = Gdcm.Version;
        Directory.CreateDirectory(into);
        using var transferSyntax = new gdcm.TransferSyntax(syntax switch
        {
            "rle" => gdcm.TransferSyntax.TSType.RLELossless,
            "jpeg-lossless" => gdcm.TransferSyntax.TSType.JPEGLosslessProcess14_1,
            "jpeg-ls" => gdcm.TransferSyntax.TSType.JPEGLSLossless,
            "jpeg-2000" => gdcm.TransferSyntax.TSType.JPEG2000Lossless,
            _ => throw new ArgumentException($"{syntax} is none of rle, jpeg-lossless, jpeg-ls, jpeg-2000"),
        });
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            using var plain = new gdcm.ImageReader();
            using var change = new gdcm.ImageChangeTransferSyntax();
            using var writer = new gdcm.ImageWriter();
            plain.SetFileName(file);
            change.SetTransferSyntax(transferSyntax);
            if (!plain.Read())
            {
                throw new InvalidOperationException($"{file} cannot be read");
            }

            change.SetInput(plain.GetImage());
            if (!change.Change())
            {
                throw new InvalidOperationException($"{file} cannot be compressed as {syntax}");
            }

            writer.SetFile(plain.GetFile());
            writer.SetImage(change.GetOutput());
            writer.SetFileName(Path.Combine(into, Path.GetFileName(file)));
            if (!writer.Write())
            {
                throw new InvalidOperationException($"{into} cannot be written");
            }
        }
    }
}
