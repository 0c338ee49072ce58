using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>The reader that is built by default.</summary>
public sealed class GdcmReaderSpecs() : DicomReaderContract(new GdcmReader())
{
    private readonly GdcmReader _reader = new();

    [SkippableFact]
    public void Every_header_of_the_real_files_agrees_with_GDCM()
    {
        _ = Gdcm.Version;
        foreach (var path in Directory.EnumerateFiles(Repository.Shared("data/ct"), "*", SearchOption.AllDirectories).Where((path, i) => i % 5 == 0 && !path.Contains("/enhanced/", StringComparison.Ordinal)))
        {
            var header = _reader.ReadHeader(path).Value!;
            using var peer = new gdcm.ImageReader();
            peer.SetFileName(path);
            Assert.True(peer.Read());
            using var filter = new gdcm.StringFilter();
            filter.SetFile(peer.GetFile());
            string Text(ushort group, ushort element) => filter.ToString(new gdcm.Tag(group, element)).Trim(' ', '\0');
            Assert.Equal(Text(0x20, 0xE), header.SeriesInstanceUid);
            Assert.Equal(Text(8, 0x18), header.SopInstanceUid);
            Assert.Equal(Text(0x10, 0x20), header.PatientId);
            Assert.Equal(Text(8, 8), string.Join('\\', header.ImageType));
            Assert.Equal(peer.GetImage().GetRows(), (uint)header.Rows);
            Assert.Equal(peer.GetImage().GetColumns(), (uint)header.Columns);
            if (header.Position is { } position)
            {
                Assert.Equal(peer.GetImage().GetOrigin(2), position.Z, 1e-9);
                Assert.Equal(peer.GetImage().GetDirectionCosines(5), header.Orientation!.Value.Column.Z, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(gdcm.TransferSyntax.TSType.RLELossless)]
    [InlineData(gdcm.TransferSyntax.TSType.JPEGLosslessProcess14_1)]
    [InlineData(gdcm.TransferSyntax.TSType.JPEGLSLossless)]
    [InlineData(gdcm.TransferSyntax.TSType.JPEG2000Lossless)]
    [InlineData(gdcm.TransferSyntax.TSType.ExplicitVRBigEndian)]
    public void Compressed_frames_are_those_of_the_uncompressed_file(gdcm.TransferSyntax.TSType syntax)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["e.dcm"], EnhancedCt.File(6, f => -f));
        _ = Gdcm.Version;
        using (var plain = new gdcm.ImageReader())
        using (var change = new gdcm.ImageChangeTransferSyntax())
        using (var writer = new gdcm.ImageWriter())
        {
            plain.SetFileName(folder["e.dcm"]);
            Assert.True(plain.Read());
            change.SetTransferSyntax(new gdcm.TransferSyntax(syntax));
            change.SetInput(plain.GetImage());
            Assert.True(change.Change());
            writer.SetFile(plain.GetFile());
            writer.SetImage(change.GetOutput());
            writer.SetFileName(folder["c.dcm"]);
            Assert.True(writer.Write());
        }

        // GDCM's writer makes one scale of all frames' own, slope 1 of the first.
        var header = _reader.ReadHeader(folder["c.dcm"]).Value!;
        Assert.True(header is { Frames: 6, Slope: 1, Intercept: -1000, TransferSyntax: not "1.2.840.10008.1.2.1" }, header.ToString());
        Assert.All(Enumerable.Range(0, 6), f => Assert.Equal(Enumerable.Range(0, 64).Select(i => (short)((10 * f) + i - 1000)), _reader.Hu(folder["c.dcm"], f)));
    }
}
