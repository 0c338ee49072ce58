using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>Hounsfield units of real files, as GDCM 3.0.21 decoded them (SHA-256, noted before these decoders were made).</summary>
public sealed class PixelsOfGdcmSpecs
{
    private const string Slice1 = "3a31269bfeb695decc63cdc00b9da387de200521eca37648704a6e65bf0f6133";
    private const string Slice2 = "9b0e391ccbc7e902f3d6ec63fd0deebf2d959d0c98ae3e4698f3d0b14f5940ee";

    [SkippableTheory]
    [InlineData("CT1_JLSL", Slice1)]
    [InlineData("CT2_JLSL", Slice2)]
    [InlineData("CT1_JLSN", "ffbd344d0d52a7e6070d467cbf86ddf7803f2197c8bb957f74b2fad7d91ee6db")]
    [InlineData("CT2_JLSN", "887dc9e4ec46817a755fe39217bc6d765ab5998afad17ea4fa54a46a994d95ee")]
    [InlineData("CT1_J2KR", Slice1)]
    [InlineData("CT2_J2KR", Slice2)]
    [InlineData("CT1_J2KI", "52de89b0694c5a8b4bfbea96f533a96af9afe2d6c1af39b9cabbe55f36490f70")]
    [InlineData("CT2_J2KI", "50a17fe92da202ce9dde16d4f25d0006636277f96a40c79433d5a100e5d94ec8")]
    public void Are_the_same(string name, string hash)
    {
        var path = Repository.Shared("data/ct/transfer-syntaxes/" + name);
        var (header, stream) = CompressedSlice.Of(path);
        var form = new FrameForm(header.Rows, header.Columns, header.BitsAllocated);
        var pixels = new byte[form.Bytes];
        IFrameDecoder decoder = name.Contains("JLS", StringComparison.Ordinal) ? new JpegLsDecoder() : new Jpeg2000Decoder();
        var decoded = decoder.Decode(stream, form, pixels);
        Assert.Null(decoded.Wrong);
        var stored = decoded.IsSigned is { } isSigned
            ? new StoredPixels(header.BitsAllocated, decoded.Precision, decoded.Precision - 1, isSigned)
            : StoredPixels.Of(header);
        Assert.Equal(hash, Hash(stored.ToHu(pixels, header)));
        Assert.Equal(hash, Hash(new GdcmReader().Hu(path)));
    }

    private static string Hash(short[] hu) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(hu.AsSpan())));
}
