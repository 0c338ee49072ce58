namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>What a DICOM image, or one frame of a multi-frame image, says about itself before a pixel is decoded. Attributes that are missing are empty or null.</summary>
public sealed record SliceHeader
{
    /// <summary>The file, as given.</summary>
    public required string Path { get; init; }

    /// <summary>SOPInstanceUID: the image's identity.</summary>
    public string SopInstanceUid { get; init; } = "";

    /// <summary>SOPClassUID: the kind of object.</summary>
    public string SopClassUid { get; init; } = "";

    /// <summary>Modality: <c>CT</c>.</summary>
    public string Modality { get; init; } = "";

    /// <summary>ImageType: <c>ORIGINAL</c>, <c>PRIMARY</c>, <c>AXIAL</c>.</summary>
    public IReadOnlyList<string> ImageType { get; init; } = [];

    /// <summary>SeriesInstanceUID.</summary>
    public string SeriesInstanceUid { get; init; } = "";

    /// <summary>PatientID.</summary>
    public string PatientId { get; init; } = "";

    /// <summary>FrameOfReferenceUID: images with the same one share coordinates.</summary>
    public string FrameOfReferenceUid { get; init; } = "";

    /// <summary>AcquisitionNumber; 0 where missing.</summary>
    public int AcquisitionNumber { get; init; }

    /// <summary>InstanceNumber; 0 where missing.</summary>
    public int InstanceNumber { get; init; }

    /// <summary>Height in pixels.</summary>
    public int Rows { get; init; }

    /// <summary>Width in pixels.</summary>
    public int Columns { get; init; }

    /// <summary>Frames in this one file.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Which of the file's frames this is, from 0.</summary>
    public int Frame { get; init; }

    /// <summary>ImagePositionPatient: centre of the first pixel, in mm.</summary>
    public Vector? Position { get; init; }

    /// <summary>ImageOrientationPatient.</summary>
    public SliceOrientation? Orientation { get; init; }

    /// <summary>PixelSpacing: mm between rows and between columns.</summary>
    public (double Row, double Column)? PixelSpacing { get; init; }

    /// <summary>SliceThickness, in mm.</summary>
    public double? SliceThickness { get; init; }

    /// <summary>RescaleSlope.</summary>
    public double? Slope { get; init; }

    /// <summary>RescaleIntercept.</summary>
    public double? Intercept { get; init; }

    /// <summary>RescaleType: <c>HU</c>, <c>US</c> (unspecified) or empty for Hounsfield units.</summary>
    public string RescaleType { get; init; } = "";

    /// <summary>SamplesPerPixel: 1 for grey values.</summary>
    public int SamplesPerPixel { get; init; } = 1;

    /// <summary>BitsAllocated of a pixel.</summary>
    public int BitsAllocated { get; init; }

    /// <summary>BitsStored of a pixel.</summary>
    public int BitsStored { get; init; }

    /// <summary>HighBit: position of the highest stored bit.</summary>
    public int HighBit { get; init; }

    /// <summary>PixelRepresentation: whether stored values are signed.</summary>
    public bool IsSigned { get; init; }

    /// <summary>PhotometricInterpretation. It says how to show values, not what they mean: MONOCHROME1 changes no Hounsfield value (PS3.3, C.7.6.3.1.2).</summary>
    public string Photometric { get; init; } = "";

    /// <summary>PixelPaddingValue: the stored value of pixels that were not scanned.</summary>
    public int? Padding { get; init; }

    /// <summary>PixelPaddingRangeLimit: with it, all stored values from <see cref="Padding"/> to this one are padding.</summary>
    public int? PaddingLimit { get; init; }

    /// <summary>TemporalPositionIndex of a frame; 0 where missing.</summary>
    public int TemporalPosition { get; init; }

    /// <summary>Transfer syntax UID.</summary>
    public string TransferSyntax { get; init; } = "";

    /// <summary>Whether there is pixel data.</summary>
    public bool HasPixels { get; init; }

    /// <summary>Where the file's pixels are; null in a header that was not read from a file.</summary>
    internal FramePlace? Place { get; init; }
}
