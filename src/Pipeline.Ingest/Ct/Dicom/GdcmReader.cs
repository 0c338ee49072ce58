using System.Buffers;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Uncompressed pixels from their place in the file, RLE by our own hand, what has none of our decoders by GDCM. Of compressed frames it is given the compressed bytes alone: GDCM calls files cut short a success, its Debian build ends the
/// process on some broken ones, and it would read the whole file again for each frame. Objects of GDCM's binding are not thread safe, so each call has its own.
/// </summary>
public sealed class GdcmReader : DicomReader
{
    private protected override Reading<SliceImage> Decode(SliceHeader header, WindowedFile file) => header.Place switch
    {
        { Native: not null } place => new(NativeFrame.Read(header, file, place), null),
        { Fragments.Count: > 0 } place => DecodeFragments(header, file, place.Fragments),
        _ => DecodeRegion(header),
    };

    /// <summary>The compressed bytes of one frame.</summary>
    private static Reading<SliceImage> DecodeFragments(SliceHeader header, WindowedFile file, IReadOnlyList<PixelFragment> fragments) =>
        CodedFrame.With(file, fragments, (bytes, length) => header.TransferSyntax == TransferSyntax.RunLengths
            ? Unpack(header, bytes.AsSpan(0, length))
            : DecodeBytes(header, bytes, (uint)length));

    /// <summary>GDCM unpacks RLE byte by byte through a stream, seven times as slowly.</summary>
    private static Reading<SliceImage> Unpack(SliceHeader header, ReadOnlySpan<byte> packed)
    {
        var stored = StoredPixels.Of(header);
        var length = header.Rows * header.Columns * header.BitsAllocated / 8;
        var pixels = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return !stored.IsPossible ? Undecodable(header, stored.Impossible)
                : RunLengths.Unpack(packed, pixels.AsSpan(0, length), header.BitsAllocated / 8) is { } wrong ? Undecodable(header, wrong)
                : new(new SliceImage(stored.ToHu(pixels.AsSpan(0, length), header), header.Rows, header.Columns), null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    private static Reading<SliceImage> DecodeBytes(SliceHeader header, byte[] bytes, uint length)
    {
        _ = Gdcm.Version;
        using var size = new gdcm.VL(length);
        using var fragment = new gdcm.Fragment();
        fragment.SetByteValue(bytes, size);
        using var fragments = gdcm.SequenceOfFragments.New();
        fragments.AddFragment(fragment);
        using var tag = new gdcm.Tag(DicomTag.PixelData);
        using var element = new gdcm.DataElement(tag);
        element.SetValue(fragments.__ref__());
        using var image = new gdcm.Image();
        image.SetNumberOfDimensions(2);
        image.SetDimension(0, (uint)header.Columns);
        image.SetDimension(1, (uint)header.Rows);
        using var photometric = new gdcm.PhotometricInterpretation(gdcm.PhotometricInterpretation.GetPIType(header.Photometric is "MONOCHROME1" ? "MONOCHROME1" : "MONOCHROME2"));
        image.SetPhotometricInterpretation(photometric);
        using var syntax = new gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(header.TransferSyntax));
        image.SetTransferSyntax(syntax);
        using var format = new gdcm.PixelFormat(1, (ushort)header.BitsAllocated, (ushort)header.BitsStored, (ushort)header.HighBit, (ushort)(header.IsSigned ? 1 : 0));
        image.SetPixelFormat(format);
        image.SetDataElement(element);
        return Hu(header, image, image.GetBufferLength(), image.GetBuffer);
    }

    /// <summary>One frame of a compressed multi-frame image that does not tell which pieces are whose; the others are passed over.</summary>
    private static Reading<SliceImage> DecodeRegion(SliceHeader header)
    {
        _ = Gdcm.Version;
        using var reader = new gdcm.ImageRegionReader();
        reader.SetFileName(header.Path);
        if (!reader.ReadInformation())
        {
            return Undecodable(header, "GDCM finds no image in it");
        }

        using var frame = new gdcm.BoxRegion();
        frame.SetDomain(0, (uint)header.Columns - 1, 0, (uint)header.Rows - 1, (uint)header.Frame, (uint)header.Frame);
        reader.SetRegion(frame);
        using var image = reader.GetImage();
        return Hu(header, image, reader.ComputeBufferLength(), bytes => reader.ReadIntoBuffer(bytes, (uint)bytes.Length));
    }

    private static Reading<SliceImage> Hu(SliceHeader header, gdcm.Image image, long length, Func<byte[], bool> read)
    {
        var needed = (long)header.Rows * header.Columns * header.BitsAllocated / 8;
        if (length != needed)
        {
            return Undecodable(header, $"it decodes to {length} bytes instead of {needed} of {header.Rows}x{header.Columns} pixels");
        }

        var bytes = new byte[length];
        if (!read(bytes))
        {
            return Undecodable(header, $"its pixels ({header.TransferSyntax}) cannot be decoded");
        }

        // A codec's own precision goes before the header's.
        using var format = image.GetPixelFormat();
        var stored = new StoredPixels(format.GetBitsAllocated(), format.GetBitsStored(), format.GetHighBit(), format.GetPixelRepresentation() == 1);
        return stored.IsPossible && stored.BitsAllocated == header.BitsAllocated
            ? new(new SliceImage(stored.ToHu(bytes, header), header.Rows, header.Columns), null)
            : Undecodable(header, $"{stored.Impossible}, where {header.BitsAllocated} are declared");
    }
}
