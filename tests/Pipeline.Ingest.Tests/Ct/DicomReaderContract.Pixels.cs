using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Drop;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>From stored bits to Hounsfield units, on files whose every bit the test wrote.</summary>
public abstract partial class DicomReaderContract
{
    [Fact]
    public void Bits_above_the_stored_ones_are_ignored_and_each_slice_has_its_own_scale()
    {
        // Overlays used to live in the unused bits (PS3.5, 8.1.1): F000 is on top of every value.
        ushort[] stored = [0xF000, 0xF001, 0xFFFF, 0x0400, .. Enumerable.Repeat((ushort)0xF7D0, 12)];
        Assert.Equal([-1024, -1023, 3071, 0], Read(DicomBytes.Slice(stored))[..4].Select(v => (int)v));
        var scaled = Read(DicomBytes.Slice(stored, extra: new() { [0x0028_1053] = ("DS", "0.5"), [0x0028_1052] = ("DS", "-1000.25") }));
        Assert.Equal([-1000, -1000, 1047, -488], scaled[..4].Select(v => (int)v));
    }

    [Fact]
    public void Signed_values_keep_their_sign_also_with_fewer_bits_stored()
    {
        ushort[] stored = [0x0800, 0x0FFF, 0x07FF, 0xFC18, .. new ushort[12]];
        Dictionary<uint, (string, object)> signed = new() { [0x0028_0103] = ("US", 1), [0x0028_1052] = ("DS", "0") };
        Assert.Equal([-1024, -1, 2047, -1000], Read(DicomBytes.Slice(stored, extra: signed))[..4].Select(v => (int)v));
        Dictionary<uint, (string, object)> whole = new(signed) { [0x0028_0101] = ("US", 16), [0x0028_0102] = ("US", 15) };
        Assert.Equal([2048, 4095, 2047, -1000], Read(DicomBytes.Slice(stored, extra: whole))[..4].Select(v => (int)v));
    }

    [Fact]
    public void The_stored_bits_may_lie_higher_in_the_word()
    {
        Dictionary<uint, (string, object)> high = new() { [0x0028_0102] = ("US", 15) };
        Assert.Equal([-1024, -1023, 3071], Read(DicomBytes.Slice([0x0000, 0x0010, 0xFFF0, .. new ushort[13]], extra: high))[..3].Select(v => (int)v));
    }

    [Fact]
    public void Padding_by_value_or_range_and_everything_below_air_is_air()
    {
        ushort[] stored = [0xF830, 0xF448, 500, 63536 - 1, 0x8000, .. new ushort[11]]; // -2000, -3000, 500, -2001, -32768
        Dictionary<uint, (string, object)> signed = new()
        {
            [0x0028_0101] = ("US", 16), [0x0028_0102] = ("US", 15), [0x0028_0103] = ("US", 1), [0x0028_1052] = ("DS", "1500"), [0x0028_0120] = ("SS", 63536),
        };
        Assert.Equal([-1024, -1024, 2000, -501, -1024], Read(DicomBytes.Slice(stored, extra: signed))[..5].Select(v => (int)v));
        Dictionary<uint, (string, object)> range = new(signed) { [0x0028_0121] = ("SS", 63536 - 10) };
        Assert.Equal([-1024, -1024, 2000, -1024, -1024], Read(DicomBytes.Slice(stored, extra: range))[..5].Select(v => (int)v));
    }

    [Fact]
    public void MONOCHROME1_changes_the_display_and_no_value()
    {
        ushort[] stored = [.. Enumerable.Range(0, 16).Select(i => (ushort)(i * 200))];
        Assert.Equal(Read(DicomBytes.Slice(stored)), Read(DicomBytes.Slice(stored, extra: new() { [0x0028_0004] = ("CS", "MONOCHROME1") })));
    }

    [Theory]
    [InlineData("DS", "", "no-rescale")]
    [InlineData("DS", "0", "no-rescale")]
    [InlineData("DS", "one", "malformed")]
    public void Without_a_usable_slope_there_are_no_Hounsfield_units(string vr, string slope, string code)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], DicomBytes.Slice(new ushort[16], extra: new() { [0x0028_1053] = (vr, slope) }));
        var header = _reader.ReadHeader(folder["a"]);
        Assert.Equal(code, header.Ok ? _reader.ReadPixels(header.Value).Reason!.Code : header.Reason.Code);
    }

    [Fact]
    public void Values_that_are_no_Hounsfield_units_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], DicomBytes.Slice(new ushort[16], extra: new() { [0x0028_1054] = ("LO", "OD") }));
        Assert.Equal("not-hounsfield", _reader.ReadPixels(Header(folder["a"])).Reason!.Code);
    }

    [Fact]
    public void An_object_without_an_image_says_so()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["report"], new DicomBytes().Add(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.88.11").Add(0x0008_0060, "CS", "SR").Add(0x0020_000E, "UI", "1.2.3").ToFile());
        Assert.Equal("no-pixel-data", _reader.ReadHeader(folder["report"]).Reason!.Code);
    }

    [Fact]
    public void A_file_without_a_series_is_no_slice_of_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], DicomBytes.Slice(new ushort[16], series: ""));
        Assert.Equal("no-series", Assert.IsType<ProbeResult.Neither>(new CtFileProbe(_reader).Probe(folder["a"])).Reason.Code);
    }

    [SkippableFact]
    public void A_compression_without_a_decoder_is_refused_by_name()
    {
        var bytes = File.ReadAllBytes(Repository.Shared("data/ct/transfer-syntaxes/CT1_J2KR"));
        var at = bytes.AsSpan().IndexOf("1.2.840.10008.1.2.4.90"u8);
        "1.2.840.10008.1.2.4.99"u8.CopyTo(bytes.AsSpan(at));
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], bytes);
        var reason = _reader.ReadPixels(Header(folder["a"])).Reason!;
        Assert.Equal("transfer-syntax", reason.Code);
        Assert.Contains("1.2.840.10008.1.2.4.99", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Declared_lengths_and_frames_that_are_absurd_are_refused_without_taking_memory()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("absurd-size", Refusal(new() { [0x0028_0008] = ("IS", "2000000000") }));
        Assert.Equal("truncated", Refusal(new() { [0x0028_0008] = ("IS", "9000") }));
        Assert.Equal("absurd-size", Refusal(new() { [0x0028_0011] = ("US", 9000) }));
        var bytes = DicomBytes.Slice(new ushort[16]);
        BitConverter.GetBytes(0xFFFF_FFF0).CopyTo(bytes, bytes.Length - 32 - 4);
        File.WriteAllBytes(folder["a"], bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("truncated", _reader.ReadHeader(folder["a"]).Reason!.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);

        string Refusal(Dictionary<uint, (string, object)> extra)
        {
            File.WriteAllBytes(folder["b"], DicomBytes.Slice(new ushort[16], extra: extra));
            return _reader.ReadHeader(folder["b"]).Reason!.Code;
        }
    }

    [SkippableTheory]
    [InlineData("CT1_J2KR", 0xFF, 0x4F)]
    [InlineData("CT1_JLSL", 0xFF, 0xF7)]
    [InlineData("CT1_JPLL", 0xFF, 0xC3)]
    public void A_compressed_image_that_declares_another_size_than_the_header_never_reaches_the_decoder(string name, byte first, byte second)
    {
        var bytes = File.ReadAllBytes(Repository.Shared("data/ct/transfer-syntaxes/" + name));
        var at = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00]);
        at += bytes.AsSpan(at).IndexOf((ReadOnlySpan<byte>)[first, second]);
        bytes[at + (second == 0x4F ? 9 : 5)] = 0xF0; // height or width, the high byte
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a"], bytes);
        var reason = _reader.ReadHeader(folder["a"]).Reason!;
        Assert.Equal("absurd-size", reason.Code);
        Assert.Contains("512x512", reason.Sentence, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Every_lossless_file_of_the_standard_set_has_been_compared_and_the_lossy_one_is_close()
    {
        var folder = Repository.Shared("data/ct/transfer-syntaxes");
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(path);
            var plain = _reader.Hu(Path.Combine(folder, name[..3] + "_UNC"));
            var differences = plain.Zip(_reader.Hu(path), (a, b) => Math.Abs(a - b)).ToList();
            if (name.Contains("J2KI", StringComparison.Ordinal))
            {
                Assert.InRange(differences.Average(), 0.1, 30); // irreversible: edges suffer, the whole does not
            }
            else
            {
                Assert.InRange(differences.Max(), 0, name.Contains("JLSN", StringComparison.Ordinal) ? 4 : 0);
            }
        }
    }

    private short[] Read(byte[] file)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.dcm"], file);
        return _reader.Hu(folder["a.dcm"]);
    }
}
