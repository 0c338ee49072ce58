using System.Buffers;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>A compressed frame: its pieces, brought together, and what a decoder makes of them.</summary>
internal static class CodedFrame
{
    /// <summary>No coding makes more of noise: lossless JPEG takes up to 32 bits for a sample of 16, and stuffs bytes.</summary>
    private const long MostExpansion = 4, MostHeaders = 1 << 20;

    /// <summary>Hounsfield units of a frame.</summary>
    /// <returns>The image; or null and what is wrong.</returns>
    public static (SliceImage? Image, string? Wrong) Decode(
        SliceHeader header, WindowedFile file, IReadOnlyList<PixelFragment> pieces, IFrameDecoder decoder)
    {
        var length = pieces.Sum(piece => (long)piece.Length);
        var form = new FrameForm(header.Rows, header.Columns, header.BitsAllocated);
        if (length > (MostExpansion * form.Bytes) + MostHeaders)
        {
            return (null, $"its compressed frame has {length} bytes, where {form.Bytes} would do uncompressed");
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var at = 0;
            foreach (var piece in pieces)
            {
                at += file.ReadAt(piece.Start, bytes.AsSpan(at, (int)piece.Length));
            }

            return at == length
                ? Decode(header, bytes.AsSpan(0, at), form, decoder)
                : throw DicomFormatException.Truncated("it became shorter while it was read.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static (SliceImage? Image, string? Wrong) Decode(
        SliceHeader header, ReadOnlySpan<byte> stream, FrameForm form, IFrameDecoder decoder)
    {
        var stored = StoredPixels.Of(header);
        if (!stored.IsPossible)
        {
            return (null, stored.Impossible);
        }

        var pixels = ArrayPool<byte>.Shared.Rent((int)form.Bytes);
        try
        {
            var samples = pixels.AsSpan(0, (int)form.Bytes);
            var decoded = decoder.Decode(stream, form, samples);
            return decoded.Wrong is null
                ? (new SliceImage(Stored(decoded, stored).ToHu(samples, header), header.Rows, header.Columns), null)
                : (null, decoded.Wrong);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>What the code stream says of its samples goes before what the header says.</summary>
    private static StoredPixels Stored(DecodedFrame decoded, StoredPixels told)
    {
        if (decoded.IsSigned is { } isSigned)
        {
            return new(told.BitsAllocated, decoded.Precision, decoded.Precision - 1, isSigned);
        }

        // A stream of 8 or 12 bits has no more, whatever the header says.
        var most = decoded.Precision <= 8 ? 8 : decoded.Precision <= 12 ? 12 : 16;
        return most < told.BitsStored ? told with { BitsStored = most, HighBit = most - 1 } : told;
    }
}
