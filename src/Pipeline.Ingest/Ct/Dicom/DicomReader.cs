using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Headers by a walk over the file, with the checks that decoders rely on: a file reaches a decoder only after the walk found it whole. The
/// header is read once; <see cref="ReadPixels"/> finds the pixels by what the walk noted, and notices by the file's mark when another
/// content is there.
/// </summary>
public class DicomReader : IDicomReader
{
    /// <inheritdoc/>
    public Reading<SliceIdentity> ReadIdentity(string path) => Guarded(path, () =>
    {
        using var file = new WindowedFile(path);
        var start = DicomFile.ReadIdentity(file);
        return new SliceIdentity(start.Attributes.Text(DicomTag.PatientId), start.Attributes.Text(DicomTag.SeriesInstanceUid), start.Attributes.Text(DicomTag.SopInstanceUid))
        {
            Headers = start.Syntax.IsDeflated ? null : HeadersOf(path, file),
        };
    });

    /// <inheritdoc/>
    public Reading<IReadOnlyList<SliceHeader>> ReadHeaders(string path) => Guarded(path, () =>
    {
        using var file = new WindowedFile(path);
        return SliceHeaderForm.Of(path, DicomFile.Read(file), file.Mark());
    });

    /// <inheritdoc/>
    public Reading<SliceImage> ReadPixels(SliceHeader header)
    {
        if (header.Place is not { } place)
        {
            throw new ArgumentException($"{header.Path}: no reader gave this header.", nameof(header));
        }

        if (Refusal(header) is { } reason)
        {
            return new(null, reason);
        }

        try
        {
            using var file = new WindowedFile(header.Path);
            return file.Mark() == place.Mark
                ? Decode(header, file)
                : new(null, new Reason("changed", $"{header.Path}: another image is in the file than a moment ago. Wait until the delivery is complete."));
        }
        catch (Exception e) when (ReasonOf(header.Path, e) is not null)
        {
            return new(null, ReasonOf(header.Path, e));
        }
    }

    /// <summary>Decodes one frame.</summary>
    /// <param name="header">Passed all checks.</param>
    /// <param name="file">The file, open and unchanged.</param>
    private protected virtual Reading<SliceImage> Decode(SliceHeader header, WindowedFile file)
    {
        var place = header.Place!;
        if (place.Native is not null)
        {
            return new(NativeFrame.Read(header, file, place), null);
        }

        if (place.Fragments.Count == 0)
        {
            return Undecodable(header, $"its {header.Frames} compressed frames lie in fragments of which it does not tell whose they are");
        }

        var (image, wrong) = CodedFrame.Decode(header, file, place.Fragments, FrameDecoders.Of(header.TransferSyntax)!);
        return wrong is null ? new(image, null) : Undecodable(header, wrong);
    }

    /// <summary>The answer where a decoder gives up.</summary>
    private protected static Reading<SliceImage> Undecodable(SliceHeader header, string why) =>
        new(null, new Reason("undecodable", $"{header.Path}: {why}. Copy the file again, or export it uncompressed."));

    /// <summary>The headers, from the pieces that are at hand already; null where the rest of the file makes no sense: then it is for the job to say why.</summary>
    private static IReadOnlyList<SliceHeader>? HeadersOf(string path, WindowedFile file)
    {
        try
        {
            file.Position = 0;
            return SliceHeaderForm.Of(path, DicomFile.Read(file), file.Mark());
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private static Reading<T> Guarded<T>(string path, Func<T> read)
        where T : class
    {
        try
        {
            return new(read(), null);
        }
        catch (Exception e) when (ReasonOf(path, e) is not null)
        {
            return new(null, ReasonOf(path, e));
        }
    }

    private static Reason? ReasonOf(string path, Exception e) => e switch
    {
        DicomFormatException format => new Reason(format.Code, $"{path}: {format.Message}"),
        IOException or UnauthorizedAccessException => new Reason("unreadable", $"{path}: {e.Message} Check that the file is there and that this program may read it."),
        _ => null,
    };

    private static Reason? Refusal(SliceHeader header) => header switch
    {
        { SamplesPerPixel: not 1 } or { BitsAllocated: not (8 or 16) } or { Photometric: not ("MONOCHROME1" or "MONOCHROME2" or "") } => new(
            "not-grey", $"{header.Path}: its pixels are {header.Photometric} of {header.SamplesPerPixel} samples of {header.BitsAllocated} bits, where a CT slice has one grey value of 8 or 16."),
        { Slope: null or 0 } or { Intercept: null } => new(
            "no-rescale", $"{header.Path}: rescale slope {header.Slope?.ToString() ?? "missing"}, intercept {header.Intercept?.ToString() ?? "missing"}: its values cannot be turned into Hounsfield units."),
        { RescaleType: not ("" or "HU" or "US") } => new("not-hounsfield", $"{header.Path}: its values are '{header.RescaleType}', not Hounsfield units."),
        _ when !new TransferSyntax(header.TransferSyntax).IsDecodable => new(
            "transfer-syntax",
            $"{header.Path}: its transfer syntax {new TransferSyntax(header.TransferSyntax)} has no decoder here. "
            + "Convert it, for example with 'gdcmconv --raw'."),
        _ => null,
    };
}
