using System.Buffers;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>A compressed frame: its pieces, brought together, and what one of our own decoders makes of them.</summary>
internal static class CodedFrame
{
    /// <summary>Hounsfield units of a frame that one of our decoders reads.</summary>
    /// <returns>The image; or null and what is wrong.</returns>
    public static (SliceImage? Image, string? Wrong) Decode(
        SliceHeader header, WindowedFile file, IReadOnlyList<PixelFragment> pieces, IFrameDecoder decoder) =>
        With(file, pieces, (stream, length) => Decode(header, stream.AsSpan(0, length), decoder));

    /// <summary>Lends the bytes of all pieces, one behind the other.</summary>
    /// <param name="file">Where they are.</param>
    /// <param name="pieces">The frame's pieces, in order.</param>
    /// <param name="read">Is given the bytes and how many there are.</param>
    public static T With<T>(WindowedFile file, IReadOnlyList<PixelFragment> pieces, Func<byte[], int, T> read)
    {
        var length = pieces.Sum(piece => (long)piece.Length);
        if (length > Array.MaxLength)
        {
            throw DicomFormatException.Malformed($"its compressed frame has {length} bytes.");
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var at = 0;
            foreach (var piece in pieces)
            {
                at += file.ReadAt(piece.Start, bytes.AsSpan(at, (int)piece.Length));
            }

            return at == length ? read(bytes, at) : throw DicomFormatException.Truncated("it became shorter while it was read.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static (SliceImage? Image, string? Wrong) Decode(SliceHeader header, ReadOnlySpan<byte> stream, IFrameDecoder decoder)
    {
        var stored = StoredPixels.Of(header);
        if (!stored.IsPossible)
        {
            return (null, stored.Impossible);
        }

        var form = new FrameForm(header.Rows, header.Columns, header.BitsAllocated);
        var pixels = ArrayPool<byte>.Shared.Rent((int)form.Bytes);
        try
        {
            var samples = pixels.AsSpan(0, (int)form.Bytes);
            var (precision, wrong) = decoder.Decode(stream, form, samples);
            if (wrong is not null)
            {
                return (null, wrong);
            }

            // A stream of 8 or 12 bits has no more, whatever the header says. So reads GDCM, which knows 8, 12 and 16.
            var most = precision <= 8 ? 8 : precision <= 12 ? 12 : 16;
            stored = most < stored.BitsStored ? stored with { BitsStored = most, HighBit = most - 1 } : stored;
            return (new SliceImage(stored.ToHu(samples, header), header.Rows, header.Columns), null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }
}
