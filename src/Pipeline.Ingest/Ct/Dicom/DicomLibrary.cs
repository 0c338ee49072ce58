namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>Which library decodes DICOM: chosen when the program is built (<c>make build DICOM=fo-dicom</c>), GDCM otherwise.</summary>
public static class DicomLibrary
{
    /// <summary>A reader of the library that was built in.</summary>
    public static IDicomReader Reader() =>
#if FO_DICOM
        new FoDicomReader();
#else
        new GdcmReader();
#endif
}
