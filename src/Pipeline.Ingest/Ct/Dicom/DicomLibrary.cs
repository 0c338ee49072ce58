namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// What decodes DICOM: our own reader, or fo-dicom where the program is built with it (<c>make build DICOM=fo-dicom</c>).
/// </summary>
public static class DicomLibrary
{
    /// <summary>A reader; any number of threads may share it.</summary>
    public static IDicomReader Reader() =>
#if FO_DICOM
        new FoDicomReader();
#else
        new DicomReader();
#endif
}
