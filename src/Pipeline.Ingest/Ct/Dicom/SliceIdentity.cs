namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>To whom and to what a DICOM file belongs; the attributes come early in a file, so one that is cut short still has them. Where the file is whole, its headers are at hand, too.</summary>
/// <param name="PatientId">(0010,0020); empty where it has none.</param>
/// <param name="SeriesInstanceUid">(0020,000E); empty where it has none.</param>
/// <param name="SopInstanceUid">(0008,0018); empty where it has none.</param>
public sealed record SliceIdentity(string PatientId, string SeriesInstanceUid, string SopInstanceUid)
{
    /// <summary>What <see cref="IDicomReader.ReadHeaders"/> would give; null where the file is not whole, holds no image, or has to be inflated for it.</summary>
    public IReadOnlyList<SliceHeader>? Headers { get; init; }
}
