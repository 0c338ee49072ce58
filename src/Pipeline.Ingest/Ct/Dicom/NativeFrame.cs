using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>One uncompressed frame, read from its place in the file, so that an image of a thousand frames costs the memory of one.</summary>
internal static class NativeFrame
{
    /// <param name="header">A frame of 8 or 16 bits and one sample; the file was found long enough for all.</param>
    /// <param name="file">The file it is in.</param>
    /// <param name="place">Where the frames lie.</param>
    /// <exception cref="DicomFormatException">The stored bits do not fit into the allocated ones, or the file became shorter.</exception>
    public static SliceImage Read(SliceHeader header, WindowedFile file, FramePlace place)
    {
        var stored = StoredPixels.Of(header);
        if (!stored.IsPossible)
        {
            throw new DicomFormatException("undecodable", $"{stored.Impossible}. Export it again.");
        }

        var length = header.Rows * header.Columns * header.BitsAllocated / 8;
        var first = (long)header.Frame * length;
        // Words are exchanged as a whole: of frames with an odd number of bytes every second begins in the middle of one.
        var (before, after) = place.IsSwapped ? ((int)(first % 2), (int)((first + length) % 2)) : (0, 0);
        var bytes = ArrayPool<byte>.Shared.Rent(before + length + after);
        try
        {
            var read = bytes.AsSpan(0, before + length + after);
            var start = place.Native!.Value + first - before;
            if ((new TransferSyntax(header.TransferSyntax).IsDeflated ? DicomFile.ReadInflated(file, start, read) : file.ReadAt(start, read)) < read.Length)
            {
                throw DicomFormatException.Truncated("it became shorter while it was read.");
            }

            if (place.IsSwapped)
            {
                var words = MemoryMarshal.Cast<byte, ushort>(read);
                BinaryPrimitives.ReverseEndianness(words, words);
            }

            return new SliceImage(stored.ToHu(read.Slice(before, length), header), header.Rows, header.Columns);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
