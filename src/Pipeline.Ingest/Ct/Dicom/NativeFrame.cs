namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>One uncompressed frame, read from its place in the file, so that an image of a thousand frames costs the memory of one.</summary>
internal static class NativeFrame
{
    /// <summary>Whether the frames of a file lie one behind the other in the machine's byte order.</summary>
    public static bool IsIn(DicomFile file) => file.Syntax is { IsEncapsulated: false, IsBigEndian: false, IsDeflated: false };

    /// <param name="header">A frame of 8 or 16 bits and one sample; the file was found long enough for all.</param>
    /// <param name="pixelStart">Where the pixel data starts.</param>
    /// <exception cref="DicomFormatException">The stored bits do not fit into the allocated ones.</exception>
    public static SliceImage Read(SliceHeader header, long pixelStart)
    {
        var stored = new StoredPixels(header.BitsAllocated, header.BitsStored, header.HighBit, header.IsSigned);
        if (!stored.IsPossible)
        {
            throw new DicomFormatException("undecodable", $"{stored.BitsStored} bits up to bit {stored.HighBit} do not fit into pixels of {stored.BitsAllocated} bits. Export it again.");
        }

        var bytes = new byte[header.Rows * header.Columns * header.BitsAllocated / 8];
        using var file = new FileStream(header.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        file.Position = pixelStart + ((long)header.Frame * bytes.Length);
        file.ReadExactly(bytes);
        return new SliceImage(stored.ToHu(bytes, header), header.Rows, header.Columns);
    }
}
