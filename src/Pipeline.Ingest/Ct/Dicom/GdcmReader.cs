using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Headers by our own walk over the file, pixels by GDCM. A file reaches GDCM only after the walk found it whole, because GDCM calls files cut short a
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
    public Reading<SliceHeader> ReadHeader(string path) => Guarded(path, () => SliceHeaderForm.Of(path, DicomFile.Read(path)));

    /// <inheritdoc/>
    public Reading<SliceImage> ReadPixels(SliceHeader header)
    {
        var now = ReadHeader(header.Path);
        if (!now.Ok)
        {
            return new(null, now.Reason);
        }

        // Lists of a record compare by reference; the identity and the geometry decide.
        if (now.Value.SopInstanceUid != header.SopInstanceUid || (now.Value.Rows, now.Value.Columns) != (header.Rows, header.Columns) || now.Value.Position != header.Position)
        {
            return new(null, new Reason("changed", $"{header.Path}: another image is in the file than a moment ago. Wait until the delivery is complete."));
        }

        return Refusal(now.Value) is { } reason ? new(null, reason) : Decode(now.Value);
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
        { Frames: > 1 } => new("multi-frame", $"{header.Path}: it holds {header.Frames} frames in one file, which is not read. Convert it to one file a slice."),
        { SamplesPerPixel: not 1 } or { BitsAllocated: not (8 or 16) } => new(
            "not-grey", $"{header.Path}: its pixels have {header.SamplesPerPixel} samples of {header.BitsAllocated} bits, where a CT slice has one of 8 or 16."),
        { Slope: null or 0 } or { Intercept: null } => new(
            "no-rescale", $"{header.Path}: rescale slope {header.Slope?.ToString() ?? "missing"}, intercept {header.Intercept?.ToString() ?? "missing"}: its values cannot be turned into Hounsfield units."),
        { RescaleType: not ("" or "HU" or "US") } => new("not-hounsfield", $"{header.Path}: its values are '{header.RescaleType}', not Hounsfield units."),
        _ when !new TransferSyntax(header.TransferSyntax).IsDecodable => new(
            "transfer-syntax", $"{header.Path}: its transfer syntax {header.TransferSyntax} has no decoder here. Convert it, for example with 'gdcmconv --raw'."),
        _ => null,
    };

    private static Reading<SliceImage> Decode(SliceHeader header)
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
        using var format = image.GetPixelFormat();
        var stored = new StoredPixels(format.GetBitsAllocated(), format.GetBitsStored(), format.GetHighBit(), format.GetPixelRepresentation() == 1);
        if (!stored.IsPossible)
        {
            return Undecodable(header, $"{stored.BitsStored} bits up to bit {stored.HighBit} do not fit into pixels of {stored.BitsAllocated} bits");
        }

        var length = image.GetBufferLength();
        if (length != (long)header.Rows * header.Columns * stored.BitsAllocated / 8)
        {
            return Undecodable(header, $"it decodes to {length} bytes of {stored.BitsAllocated}-bit pixels instead of {header.Rows}x{header.Columns}");
        }

        var bytes = new byte[length];
        return image.GetBuffer(bytes)
            ? new(new SliceImage(stored.ToHu(bytes, header), header.Rows, header.Columns), null)
            : Undecodable(header, $"its compressed pixels ({header.TransferSyntax}) cannot be decoded");
    }

    private static Reading<SliceImage> Undecodable(SliceHeader header, string why) =>
        new(null, new Reason("undecodable", $"{header.Path}: {why}. Copy the file again, or export it uncompressed."));
}
