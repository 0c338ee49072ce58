namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>The attributes that are read (PS3.6), group in the upper 16 bits.</summary>
internal static class DicomTag
{
    public const uint TransferSyntaxUid = 0x0002_0010;
    public const uint SpecificCharacterSet = 0x0008_0005;
    public const uint ImageType = 0x0008_0008;
    public const uint FrameType = 0x0008_9007;
    public const uint SopClassUid = 0x0008_0016;
    public const uint SopInstanceUid = 0x0008_0018;
    public const uint Modality = 0x0008_0060;
    public const uint PatientId = 0x0010_0020;
    public const uint SliceThickness = 0x0018_0050;
    public const uint SeriesInstanceUid = 0x0020_000E;
    public const uint AcquisitionNumber = 0x0020_0012;
    public const uint InstanceNumber = 0x0020_0013;
    public const uint ImagePositionPatient = 0x0020_0032;
    public const uint ImageOrientationPatient = 0x0020_0037;
    public const uint FrameOfReferenceUid = 0x0020_0052;
    public const uint FrameAcquisitionNumber = 0x0020_9156;
    public const uint TemporalPositionIndex = 0x0020_9128;
    public const uint SamplesPerPixel = 0x0028_0002;
    public const uint PhotometricInterpretation = 0x0028_0004;
    public const uint NumberOfFrames = 0x0028_0008;
    public const uint Rows = 0x0028_0010;
    public const uint Columns = 0x0028_0011;
    public const uint PixelSpacing = 0x0028_0030;
    public const uint BitsAllocated = 0x0028_0100;
    public const uint BitsStored = 0x0028_0101;
    public const uint HighBit = 0x0028_0102;
    public const uint PixelRepresentation = 0x0028_0103;
    public const uint PixelPaddingValue = 0x0028_0120;
    public const uint PixelPaddingRangeLimit = 0x0028_0121;
    public const uint RescaleIntercept = 0x0028_1052;
    public const uint RescaleSlope = 0x0028_1053;
    public const uint RescaleType = 0x0028_1054;
    public const uint SharedFunctionalGroups = 0x5200_9229;
    public const uint PerFrameFunctionalGroups = 0x5200_9230;
    public const uint ExtendedOffsetTable = 0x7FE0_0001;
    public const uint PixelData = 0x7FE0_0010;

    /// <summary>Sequences of a functional group whose attributes are of use (PS3.3, C.7.6.16.2 and C.8.15.3): what a frame is, where it lies, and how its values are scaled.</summary>
    public static bool IsFrameMacro(uint tag) => tag is 0x0018_9329 or 0x0020_9111 or 0x0020_9113 or 0x0020_9116 or 0x0028_9110 or 0x0028_9145;

    /// <summary>Whether a value is kept while a file is walked through.</summary>
    public static bool IsRead(uint tag) => tag is TransferSyntaxUid or SpecificCharacterSet or ImageType or FrameType or SopClassUid or SopInstanceUid or Modality
        or PatientId or SliceThickness or SeriesInstanceUid or AcquisitionNumber or InstanceNumber or ImagePositionPatient or ImageOrientationPatient
        or FrameOfReferenceUid or SamplesPerPixel or PhotometricInterpretation or NumberOfFrames or Rows or Columns or PixelSpacing or BitsAllocated
        or BitsStored or HighBit or PixelRepresentation or PixelPaddingValue or PixelPaddingRangeLimit or FrameAcquisitionNumber or TemporalPositionIndex or RescaleIntercept or RescaleSlope or RescaleType;
}
