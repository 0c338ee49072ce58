using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Headers by our own walk over the file, uncompressed pixels from their place in it, all others by GDCM. A file reaches GDCM only after the walk found it whole, because GDCM calls files cut short a
/// success and its Debian build ends the process on some broken ones. Objects of GDCM's binding are not thread safe, so each call has its own.
/// </summary>
public sealed class GdcmReader : IDicomReader
{
    /// <inheritdoc/>
    public Reading<SliceIdentity> ReadIdentity(string path) => Guarded(path, () =>
    {
        var attributes = DicomFile.ReadIdentity(path);
        return new SliceIdentity(attributes.Text(DicomTag.PatientId), attributes.Text(DicomTag.SeriesInstanceUid), attributes.Text(DicomTag.SopInstanceUid));
    });

    /// <inheritdoc/>
    public Reading<IReadOnlyList<SliceHeader>> ReadHeaders(string path) => Guarded(path, () => SliceHeaderForm.Of(path, DicomFile.Read(path)));

    /// <inheritdoc/>
    public Reading<SliceImage> ReadPixels(SliceHeader header)
    {
        var read = Guarded(header.Path, () => Whole.Of(header.Path));
        if (!read.Ok)
        {
            return new(null, read.Reason);
        }

        // Lists of a record compare by reference; the identity and the geometry decide.
        var now = header.Frame < read.Value.Frames.Count ? read.Value.Frames[header.Frame] : null;
        if (now is null || now.SopInstanceUid != header.SopInstanceUid || (now.Rows, now.Columns, now.Frames) != (header.Rows, header.Columns, header.Frames) || now.Position != header.Position)
        {
            return new(null, new Reason("changed", $"{header.Path}: another image is in the file than a moment ago. Wait until the delivery is complete."));
        }

        return Refusal(now) is { } reason ? new(null, reason)
            : NativeFrame.IsIn(read.Value.File) ? Guarded(now.Path, () => NativeFrame.Read(now, read.Value.File.PixelStart))
            : now.Frames == 1 ? DecodeWhole(now)
            : DecodeRegion(now);
    }

    private static Reading<T> Guarded<T>(string path, Func<T> read)
        where T : class
    {
        try
        {
            return new(read(), null);
        }
        catch (DicomFormatException e)
        {
            return new(null, new Reason(e.Code, $"{path}: {e.Message}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, new Reason("unreadable", $"{path}: {e.Message} Check that the file is there and that this program may read it."));
        }
    }

    private static Reason? Refusal(SliceHeader header) => header switch
    {
        { SamplesPerPixel: not 1 } or { BitsAllocated: not (8 or 16) } or { Photometric: not ("MONOCHROME1" or "MONOCHROME2" or "") } => new(
            "not-grey", $"{header.Path}: its pixels are {header.Photometric} of {header.SamplesPerPixel} samples of {header.BitsAllocated} bits, where a CT slice has one grey value of 8 or 16."),
        { Slope: null or 0 } or { Intercept: null } => new(
            "no-rescale", $"{header.Path}: rescale slope {header.Slope?.ToString() ?? "missing"}, intercept {header.Intercept?.ToString() ?? "missing"}: its values cannot be turned into Hounsfield units."),
        { RescaleType: not ("" or "HU" or "US") } => new("not-hounsfield", $"{header.Path}: its values are '{header.RescaleType}', not Hounsfield units."),
        _ when !new TransferSyntax(header.TransferSyntax).IsDecodable => new(
            "transfer-syntax", $"{header.Path}: its transfer syntax {header.TransferSyntax} has no decoder here. Convert it, for example with 'gdcmconv --raw'."),
        _ => null,
    };

    private static Reading<SliceImage> DecodeWhole(SliceHeader header)
    {
        _ = Gdcm.Version;
        using var reader = new gdcm.ImageReader();
        reader.SetFileName(header.Path);
        if (!reader.Read())
        {
            return Undecodable(header, "GDCM finds no image in it");
        }

        // GDCM's objects are views into the reader, which the using keeps alive.
        using var image = reader.GetImage();
        return Hu(header, image, image.GetBufferLength(), image.GetBuffer);
    }

    /// <summary>One frame of a compressed multi-frame image; the others are passed over.</summary>
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
        using var format = image.GetPixelFormat();
        // A codec's own precision goes before the header's; of uncompressed pixels GDCM does not tell a high bit that is not the highest stored one.
        var highBit = new TransferSyntax(header.TransferSyntax).IsEncapsulated ? format.GetHighBit() : header.HighBit;
        var stored = new StoredPixels(format.GetBitsAllocated(), format.GetBitsStored(), highBit, format.GetPixelRepresentation() == 1);
        if (!stored.IsPossible)
        {
            return Undecodable(header, $"{stored.BitsStored} bits up to bit {stored.HighBit} do not fit into pixels of {stored.BitsAllocated} bits");
        }

        if (length != (long)header.Rows * header.Columns * stored.BitsAllocated / 8)
        {
            return Undecodable(header, $"it decodes to {length} bytes of {stored.BitsAllocated}-bit pixels instead of {header.Rows}x{header.Columns}");
        }

        var bytes = new byte[length];
        return read(bytes)
            ? new(new SliceImage(stored.ToHu(bytes, header), header.Rows, header.Columns), null)
            : Undecodable(header, $"its compressed pixels ({header.TransferSyntax}) cannot be decoded");
    }

    private static Reading<SliceImage> Undecodable(SliceHeader header, string why) =>
        new(null, new Reason("undecodable", $"{header.Path}: {why}. Copy the file again, or export it uncompressed."));

    private sealed record Whole(DicomFile File, IReadOnlyList<SliceHeader> Frames)
    {
        public static Whole Of(string path)
        {
            var file = DicomFile.Read(path);
            return new Whole(file, SliceHeaderForm.Of(path, file));
        }
    }
}
