using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>What every reader behind <see cref="IDicomReader"/> must do, whichever library decodes.</summary>
public abstract partial class DicomReaderContract(IDicomReader reader)
{
    private readonly IDicomReader _reader = reader;

    [SkippableTheory]
    [InlineData("CT1_J2KR")]
    [InlineData("CT1_JLSL")]
    [InlineData("CT1_JPLL")]
    [InlineData("CT1_RLE")]
    [InlineData("CT1_derived_BigEndian.dcm")]
    [InlineData("CT1_derived_Deflated.dcm")]
    [InlineData("CT1_derived_ImplicitLE.dcm")]
    [InlineData("CT2_J2KR")]
    [InlineData("CT2_JLSL")]
    [InlineData("CT2_JPLL")]
    [InlineData("CT2_RLE")]
    public void Lossless_transfer_syntaxes_give_the_pixels_of_the_uncompressed_file(string name)
    {
        var plain = Hu(name[..3] + "_UNC");
        Assert.Equal(plain, Hu(name));
        Assert.InRange(plain.Max(), 500, 4000);
        Assert.Equal(-1024, plain.Min());
    }

    [SkippableTheory]
    [InlineData("CT1")]
    [InlineData("CT2")]
    public void Near_lossless_JPEG_LS_is_within_four_units(string slice) =>
        Assert.InRange(Hu(slice + "_UNC").Zip(Hu(slice + "_JLSN"), (a, b) => Math.Abs(a - b)).Max(), 1, 4);

    [SkippableFact]
    public void A_slice_reads_as_the_standard_says()
    {
        var header = Header(Repository.Shared("data/ct/head-tilt-gaps/01.dcm"));
        Assert.Equal("CT", header.Modality);
        Assert.Equal(["ORIGINAL", "PRIMARY", "AXIAL", "ADD"], header.ImageType);
        Assert.Equal("QMNx85rKkkg", header.PatientId);
        Assert.Equal((512, 512, 1), (header.Rows, header.Columns, header.Frames));
        Assert.Equal(new Vector(-125, -123.5404569, 5.8360586), header.Position);
        Assert.Equal(18.5, header.Orientation!.Value.TiltDegrees, 0.01);
        Assert.Equal((0.4882812, 0.4882812), header.PixelSpacing);
        Assert.Equal((1, 0, 4.0), (header.Slope, header.Intercept, header.SliceThickness));
        Assert.Equal(-1500, header.Padding);
        Assert.True(header.IsSigned);
        Assert.True(header.HasPixels);
    }

    [SkippableTheory]
    [InlineData("data/ct/thorax/0001.dcm")]
    [InlineData("data/ct/tilt/I10")]
    [InlineData("data/ct/short-series/01.dcm")]
    [InlineData("data/ct/transfer-syntaxes/CT1_derived_BigEndian.dcm")]
    [InlineData("data/ct/transfer-syntaxes/CT1_derived_Deflated.dcm")]
    [InlineData("data/ct/transfer-syntaxes/CT1_RLE")]
    public void A_file_cut_anywhere_is_refused_and_never_decoded(string name)
    {
        var whole = File.ReadAllBytes(Repository.Shared(name));
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        var (start, pixels) = (132, EndOfPixels(name, whole.Length));
        int[] lengths = [0, 1, 60, 131, 132, 133, 140, 900, pixels - 1, pixels / 2, .. Enumerable.Range(0, 60).Select(_ => random.Next(start, 6000)), .. Enumerable.Range(0, 20).Select(_ => random.Next(start, pixels))];
        foreach (var length in lengths.Where(l => l < pixels))
        {
            var path = folder[$"{length}.dcm"];
            File.WriteAllBytes(path, whole.AsSpan(0, length));
            var header = _reader.ReadHeader(path);
            Assert.False(header.Ok, $"{name} cut to {length} bytes was accepted");
            Assert.True(header.Reason.Code is "truncated" or "not-dicom" or "malformed", $"{length}: {header.Reason}");
            Assert.StartsWith(path, header.Reason.Sentence, StringComparison.Ordinal);
        }

        File.WriteAllBytes(folder["half"], whole.AsSpan(0, whole.Length / 2));
        Assert.Equal("truncated", _reader.ReadHeader(folder["half"]).Reason!.Code);
    }

    [SkippableFact]
    public void Random_bytes_in_a_real_header_never_throw()
    {
        var whole = File.ReadAllBytes(Repository.Shared("data/ct/tilt/I10"));
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        var path = folder["x"];
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var bytes = whole.ToArray();
            for (var j = 0; j < 1 + (i % 8); j++)
            {
                bytes[random.Next(132, 6000)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, bytes);
            refused += _reader.ReadHeader(path).Ok ? 0 : 1;
        }

        Assert.InRange(refused, 20, 290);
    }

    [Fact]
    public void Other_files_are_told_apart_from_broken_ones()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["notes.txt"], "The patient was scanned on a Tuesday, with contrast. Nothing else to tell.");
        Assert.Equal("not-dicom", _reader.ReadHeader(folder["notes.txt"]).Reason!.Code);
        File.WriteAllBytes(folder["empty.dcm"], []);
        Assert.Equal("truncated", _reader.ReadHeader(folder["empty.dcm"]).Reason!.Code);
        Assert.Equal("unreadable", _reader.ReadHeader(folder["gone.dcm"]).Reason!.Code);
        Assert.Contains("gone.dcm", _reader.ReadHeader(folder["gone.dcm"]).Reason!.Sentence, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Absurd_sizes_are_refused_before_memory_is_taken()
    {
        var bytes = File.ReadAllBytes(Repository.Shared("data/ct/thorax/0001.dcm"));
        ReadOnlySpan<byte> rows = [0x28, 0, 0x10, 0, (byte)'U', (byte)'S', 2, 0];
        var at = bytes.AsSpan().IndexOf(rows) + rows.Length;
        bytes[at] = 0xFF;
        bytes[at + 1] = 0xFF;
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["wide.dcm"], bytes);
        var reason = _reader.ReadHeader(folder["wide.dcm"]).Reason!;
        Assert.Equal("absurd-size", reason.Code);
        Assert.Contains("65535x256", reason.Sentence, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Colour_images_are_refused_by_name() =>
        Assert.Equal("not-grey", _reader.ReadPixels(Header(Repository.Shared("data/ct/mixed-study/S4010_I40"))).Reason!.Code);

    [SkippableFact]
    public void A_file_that_was_replaced_between_header_and_pixels_is_noticed()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Shared("data/ct/thorax/0001.dcm"), folder["a.dcm"]);
        var header = Header(folder["a.dcm"]);
        File.Copy(Repository.Shared("data/ct/thorax/0002.dcm"), folder["a.dcm"], overwrite: true);
        Assert.Equal("changed", _reader.ReadPixels(header).Reason!.Code);
    }

    /// <summary>Behind the pixel data some files have padding; without that they are whole all the same.</summary>
    private static int EndOfPixels(string name, int length) => name switch
    {
        _ when name.EndsWith("Deflated.dcm", StringComparison.Ordinal) => length - 32,
        _ when name.Contains("CT1", StringComparison.Ordinal) => length - 138,
        _ => length,
    };

    private SliceHeader Header(string path)
    {
        var reading = _reader.ReadHeader(path);
        Assert.True(reading.Ok, reading.Reason?.ToString());
        return reading.Value;
    }

    private short[] Hu(string name)
    {
        var slice = _reader.ReadPixels(Header(Repository.Shared("data/ct/transfer-syntaxes/" + name)));
        Assert.True(slice.Ok, slice.Reason?.ToString());
        return slice.Value.Hu;
    }
}
