using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Files of our own: as other programs read them, and what is refused before anything is written.</summary>
public sealed class DicomFileWriterSpecs : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly DicomFileWriter Writer = new("2.25.310927458221", "MHDNET TEST");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Elements_come_out_in_ascending_order_and_of_even_length()
    {
        var bytes = Save(Instance()
            .Text(0x0020_000D, "UI", "1.2.3").Text(0x0010_0020, "LO", "P1 ").Number16(0x0028_0010, 7).Bytes(0x0009_1001, "OB", [5]));
        var reader = new ElementReader(new MemoryStream(bytes) { Position = 132 }, explicitVr: true, bigEndian: false);
        List<ElementHead> heads = [];
        while (reader.Next() is { } head)
        {
            heads.Add(head);
            reader.Skip(head);
        }

        Assert.Equal(heads.OrderBy(head => head.Tag), heads);
        Assert.All(heads, head => Assert.Equal(0u, head.Length % 2));
        var meta = BitConverter.ToInt32(bytes, 140);
        Assert.Equal(144 + meta, heads.First(head => head.Tag >> 16 > 2).Head);
        Assert.Equal(bytes.Length, heads[^1].Start + heads[^1].Length);
    }

    [Fact]
    public void Our_own_reader_finds_a_slice_again()
    {
        ushort[] stored = [.. Enumerable.Range(0, 12).Select(i => (ushort)(i * 300))];
        Save(Slice().Words(DicomTag.PixelData, stored));
        var header = new DicomReader().ReadHeaders(_folder["a.dcm"]).Value![0];
        Assert.Equal((3, 4, "P1", "1.2.3.1"), (header.Rows, header.Columns, header.PatientId, header.SeriesInstanceUid));
        Assert.Equal(stored.Select(value => (short)(value - 1024)), new DicomReader().ReadPixels(header).Value!.Hu);
    }

    [Fact]
    public void What_no_reader_would_understand_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Save(new DicomDataSet().Text(DicomTag.SopClassUid, "UI", "1.2")));
        Assert.Throws<ArgumentException>(() => Save(Instance().Text(0x0010_0010, "PN", "Müller")));
        Assert.Throws<ArgumentException>(() => Save(new DicomDataSet()
            .Text(DicomTag.SopClassUid, "UI", "1.2").Text(DicomTag.SopInstanceUid, "UI", new string('1', 300))));
        var inside = Instance().Sequence(0x0040_A730, new DicomDataSet().Text(0x0040_A160, "UT", "größer"));
        Assert.Throws<ArgumentException>(() => Save(inside));
        Assert.Throws<ArgumentException>(() => Instance().Text(0x0008_0018, "UI", "1.2"));
        Assert.Throws<ArgumentException>(() => new DicomDataSet().Text(0x0002_0010, "UI", "1.2"));
        Assert.Throws<ArgumentException>(() => new DicomDataSet().Text(0x0010_0000, "UL", "1"));
        Assert.Throws<ArgumentException>(() => new DicomDataSet().Text(0x0010_4000, "LT", new string('x', ushort.MaxValue)));
        Assert.Throws<OverflowException>(() => new DicomDataSet().Number16(0x0028_0010, 70_000));
    }

    [SkippableFact]
    public void DCMTK_reads_it_without_a_warning_and_writes_the_same_sequences()
    {
        Save(Report());
        var (code, dump, warnings) = Tool.Run("dcmdump", _folder["a.dcm"]);
        Assert.Equal((0, ""), (code, warnings));
        Assert.Contains("(Sequence with explicit length #=3)", dump, StringComparison.Ordinal);

        // Converted by DCMTK to what it is already, with defined lengths, the data set comes back byte for byte.
        Assert.Equal(0, Tool.Run("dcmconv", "--write-xfer-little", "--length-explicit", _folder["a.dcm"], _folder["b.dcm"]).Code);
        Assert.Equal(DataSet(_folder["a.dcm"]), DataSet(_folder["b.dcm"]));
    }

    [SkippableFact]
    public void Pydicom_reads_it_without_a_warning()
    {
        Skip.IfNot(File.Exists(Python) && Tool.Run(Python, "-c", "import pydicom").Code == 0, "needs python3-pydicom, which is not here");
        Save(Report());
        const string script = """
            import sys, pydicom
            pydicom.config.settings.reading_validation_mode = pydicom.config.RAISE
            d = pydicom.dcmread(sys.argv[1])
            list(d.iterall())
            items = d.ContentSequence
            print(d.file_meta.MediaStorageSOPInstanceUID, d.PatientName, len(items), items[1].ContentSequence[0].TextValue)
            """;
        var (code, output, warnings) = Tool.Run(Python, "-W", "error", "-c", script, _folder["a.dcm"]);
        Assert.Equal((0, "1.2.3.4 Müller^Änne 3 zwölf", ""), (code, output.Trim(), warnings));
    }

    private static DicomDataSet Instance() => new DicomDataSet()
        .Text(DicomTag.SopInstanceUid, "UI", "1.2.3.4").Text(DicomTag.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.2");

    private static DicomDataSet Slice() => Instance()
        .Text(DicomTag.Modality, "CS", "CT").Text(DicomTag.PatientId, "LO", "P1").Text(DicomTag.SeriesInstanceUid, "UI", "1.2.3.1")
        .Number16(DicomTag.Rows, 3).Number16(DicomTag.Columns, 4).Number16(DicomTag.BitsAllocated, 16).Number16(DicomTag.BitsStored, 12)
        .Number16(DicomTag.HighBit, 11).Number16(DicomTag.PixelRepresentation, 0).Number16(DicomTag.SamplesPerPixel, 1)
        .Text(DicomTag.PhotometricInterpretation, "CS", "MONOCHROME2")
        .Text(DicomTag.RescaleSlope, "DS", "1").Text(DicomTag.RescaleIntercept, "DS", "-1024");

    /// <summary>Sequences in sequences, one without items, an item without elements, and letters beyond ASCII.</summary>
    private static DicomDataSet Report() => Instance()
        .Text(DicomTag.SpecificCharacterSet, "CS", "ISO_IR 192")
        .Text(0x0010_0010, "PN", "Müller^Änne")
        .Text(0x0040_A040, "CS", "CONTAINER")
        .Sequence(0x0040_A504)
        .Sequence(
            0x0040_A730,
            new DicomDataSet().Text(0x0040_A040, "CS", "TEXT").Text(0x0040_A160, "UT", "one"),
            new DicomDataSet().Sequence(0x0040_A730, new DicomDataSet().Text(0x0040_A160, "UT", "zwölf")),
            new DicomDataSet());

    private byte[] Save(DicomDataSet dataSet)
    {
        Writer.Save(dataSet, _folder["a.dcm"]);
        return File.ReadAllBytes(_folder["a.dcm"]);
    }

    private static byte[] DataSet(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes[(144 + BitConverter.ToInt32(bytes, 140))..];
    }
}
