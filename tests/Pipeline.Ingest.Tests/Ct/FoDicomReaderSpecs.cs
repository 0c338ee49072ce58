#if FO_DICOM
using MhdNet.Ingest.Ct.Dicom;
using Fo = FellowOakDicom;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>The reader of <c>make build DICOM=fo-dicom</c>.</summary>
public sealed class FoDicomReaderSpecs() : DicomReaderContract(new FoDicomReader())
{
    private readonly FoDicomReader _reader = new();

    [Fact]
    public void It_is_the_reader_that_was_built_in() => Assert.IsType<FoDicomReader>(DicomLibrary.Reader());

    [SkippableFact]
    public void Every_header_of_the_real_files_agrees_with_fo_dicom()
    {
        foreach (var path in Directory.EnumerateFiles(Repository.Shared("data/ct"), "*", SearchOption.AllDirectories).Where((path, i) => i % 5 == 0 && !path.Contains("/enhanced/", StringComparison.Ordinal)))
        {
            var header = _reader.ReadHeader(path).Value!;
            var peer = Fo.DicomFile.Open(path).Dataset;
            Assert.Equal(peer.GetString(Fo.DicomTag.SeriesInstanceUID), header.SeriesInstanceUid);
            Assert.Equal(peer.GetString(Fo.DicomTag.SOPInstanceUID), header.SopInstanceUid);
            Assert.Equal(peer.GetSingleValueOrDefault(Fo.DicomTag.PatientID, ""), header.PatientId);
            Assert.Equal(peer.GetValues<string>(Fo.DicomTag.ImageType).AsEnumerable(), header.ImageType);
            Assert.Equal(peer.GetSingleValue<ushort>(Fo.DicomTag.Rows), header.Rows);
            Assert.Equal(peer.GetSingleValue<ushort>(Fo.DicomTag.Columns), header.Columns);
            if (header.Position is { } position)
            {
                Assert.Equal(new Vector(position.X, position.Y, position.Z), peer.GetValues<double>(Fo.DicomTag.ImagePositionPatient) is [var x, var y, var z] ? new Vector(x, y, z) : default);
            }
        }
    }
}
#endif
