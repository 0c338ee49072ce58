using System.Buffers;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Uncompressed pixels from their place in the file, RLE by our own hand, JPEG-LS, JPEG 2000 and baseline JPEG by our decoders
/// (<see cref="FrameDecoders"/>), other JPEG by GDCM. Of compressed frames it is given the compressed bytes alone: GDCM calls files cut
/// short a success, its Debian build ends the process on some broken ones, and it would read the whole file again for each frame. Objects
/// of GDCM's binding are not thread safe, so each call has its own.
/// </summary>
public sealed class GdcmReader : DicomReader
{
    private protected override Reading<SliceImage> Decode(SliceHeader header, WindowedFile file) => header.Place switch
    {
        { Native: not null } place => new(NativeFrame.Read(header, file, place), null),
        { Fragments.Count: > 0 } place => DecodeFragments(header, file, place.Fragments),
        _ => Undecodable(header, $"its {header.Frames} compressed frames lie in fragments of which it does not tell whose they are"),
    };

    /// <summary>The compressed bytes of one frame.</summary>
    private static Reading<SliceImage> DecodeFragments(SliceHeader header, WindowedFile file, IReadOnlyList<PixelFragment> fragments)
    {
        var length = fragments.Sum(fragment => (long)fragment.Length);
        if (length > Array.MaxLength)
        {
            return Undecodable(header, $"its compressed frame has {length} bytes");
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var at = 0;
            foreach (var fragment in fragments)
            {
                at += file.ReadAt(fragment.Start, bytes.AsSpan(at, (int)fragment.Length));
            }

            return at < length ? throw DicomFormatException.Truncated("it became shorter while it was read.")
                : header.TransferSyntax == TransferSyntax.RunLengths ? Unpack(header, bytes.AsSpan(0, at))
                : FrameDecoders.Of(header.TransferSyntax) is { } decoder ? DecodeBy(decoder, header, bytes.AsSpan(0, at))
                : DecodeBytes(header, bytes, (uint)length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

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

    /// <summary>By one of our decoders. What the code stream says of its samples goes before what the header says.</summary>
    private static Reading<SliceImage> DecodeBy(IFrameDecoder decoder, SliceHeader header, ReadOnlySpan<byte> codeStream)
    {
        var form = new FrameForm(header.Rows, header.Columns, header.BitsAllocated);
        var pixels = ArrayPool<byte>.Shared.Rent((int)form.Bytes);
        try
        {
            var samples = pixels.AsSpan(0, (int)form.Bytes);
            var decoded = decoder.Decode(codeStream, form, samples);
            if (decoded.Wrong is { } wrong)
            {
                return Undecodable(header, wrong);
            }

            var stored = decoded.IsSigned is { } isSigned
                ? new StoredPixels(header.BitsAllocated, decoded.Precision, decoded.Precision - 1, isSigned)
                : StoredPixels.Of(header);
            return stored.IsPossible
                ? new(new SliceImage(stored.ToHu(samples, header), header.Rows, header.Columns), null)
                : Undecodable(header, stored.Impossible);
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
