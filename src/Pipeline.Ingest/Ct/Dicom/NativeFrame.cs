using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>One uncompressed frame, read from its place in the file, so that an image of a thousand frames costs the memory of one.</summary>
internal static class NativeFrame
{
    /// <param name="header">A frame of 8 or 16 bits and one sample; the file was found long enough for all.</param>
    /// <param name="file">The file it is in.</param>
    /// <param name="pixelStart">Where the pixel data starts.</param>
    /// <exception cref="DicomFormatException">The stored bits do not fit into the allocated ones, or the file became shorter.</exception>
    public static SliceImage Read(SliceHeader header, WindowedFile file, long pixelStart)
    {
        var stored = StoredPixels.Of(header);
        if (!stored.IsPossible)
        {
            throw new DicomFormatException("undecodable", $"{stored.Impossible}. Export it again.");
        }

        var length = header.Rows * header.Columns * header.BitsAllocated / 8;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var frame = bytes.AsSpan(0, length);
            if (file.ReadAt(pixelStart + ((long)header.Frame * length), frame) < length)
            {
                throw DicomFormatException.Truncated("it became shorter while it was read.");
            }

            if (new TransferSyntax(header.TransferSyntax).IsBigEndian)
            {
                var words = MemoryMarshal.Cast<byte, ushort>(frame);
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            return new SliceImage(stored.ToHu(frame, header), header.Rows, header.Columns);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
