using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Drop;

/// <summary>What a file of the drop folder is.</summary>
public abstract record ProbeResult
{
    private ProbeResult()
    {
    }

    /// <summary>The answer for a file that is neither DICOM nor a slide.</summary>
    /// <param name="path">The file, as people should see it.</param>
    public static Neither NotCtOrSlide(string path) => new(new Reason(
        "not-ct-or-slide", $"{path} is neither a DICOM file nor a whole-slide image. Nothing is lost if it is not meant to be one; otherwise copy it again."));

    /// <summary>A slice of a CT series (any DICOM image of the CT family; whether the series is usable is decided when all of it is there).</summary>
    /// <param name="PatientId">PatientID of the header, without blanks around it; empty where it has none.</param>
    /// <param name="SeriesInstanceUid">Which series.</param>
    /// <param name="SopInstanceUid">Which slice.</param>
    public sealed record CtSlice(string PatientId, string SeriesInstanceUid, string SopInstanceUid) : ProbeResult;

    /// <summary>A whole-slide image.</summary>
    /// <param name="Content">What tells it from others (<see cref="SlideContent"/>); empty where it was delivered to a version that knew slides by their names.</param>
    /// <param name="Companions">Fingerprint of names, sizes and times of its other files when it was read; empty where it has none.</param>
    public sealed record Slide(string Content, string Companions = "") : ProbeResult;

    /// <summary>Neither, for good.</summary>
    public sealed record Neither(Reason Reason) : ProbeResult;

    /// <summary>Not readable now; a later attempt may succeed.</summary>
    public sealed record Unreadable(Reason Reason) : ProbeResult;
}
