namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>From a walked file to a <see cref="SliceHeader"/> for each of its frames, with the checks that protect the decoder and the memory.</summary>
internal static class SliceHeaderForm
{
    private const int LargestEdge = 8192;
    private const string CtImage = "1.2.840.10008.5.1.4.1.1.2", EnhancedCtImage = "1.2.840.10008.5.1.4.1.1.2.1";

    /// <exception cref="DicomFormatException">Values that contradict each other or are absurd.</exception>
    public static IReadOnlyList<SliceHeader> Of(string path, DicomFile file, FileMark mark)
    {
        var whole = Whole(path, file);
        Check(whole, file);
        var places = FramePlace.AllOf(file, mark, whole.Frames);
        if (file.Shared is null && file.PerFrame.Count == 0)
        {
            // One position for several frames is none.
            return [whole with { Place = places[0], Position = whole.Frames > 1 ? null : whole.Position }];
        }

        if (file.PerFrame.Count != whole.Frames)
        {
            throw DicomFormatException.Malformed($"it declares {whole.Frames} frames and describes {file.PerFrame.Count}.");
        }

        var shared = file.Shared is { } common ? Overlaid(whole, common) : whole;
        return [.. file.PerFrame.Select((own, frame) => Overlaid(shared, own) with { Frame = frame, Place = places[frame] })];
    }

    /// <summary>What a functional group says goes before what the file says.</summary>
    private static SliceHeader Overlaid(SliceHeader header, DicomAttributes group) => header with
    {
        ImageType = group.Texts(DicomTag.FrameType) is { Length: > 0 } type ? type : header.ImageType,
        Position = Position(group) ?? header.Position,
        Orientation = Orientation(group.Numbers(DicomTag.ImageOrientationPatient, 6)) ?? header.Orientation,
        PixelSpacing = PixelSpacing(group) ?? header.PixelSpacing,
        SliceThickness = group.Numbers(DicomTag.SliceThickness)?[0] ?? header.SliceThickness,
        Slope = group.Numbers(DicomTag.RescaleSlope)?[0] ?? header.Slope,
        Intercept = group.Numbers(DicomTag.RescaleIntercept)?[0] ?? header.Intercept,
        RescaleType = group.Text(DicomTag.RescaleType) is { Length: > 0 } scale ? scale : header.RescaleType,
        AcquisitionNumber = group.Binary(DicomTag.FrameAcquisitionNumber) ?? header.AcquisitionNumber,
        TemporalPosition = (int)Math.Min(group.Binary32(DicomTag.TemporalPositionIndex) ?? (uint)header.TemporalPosition, int.MaxValue),
    };

    private static Vector? Position(DicomAttributes a) => a.Numbers(DicomTag.ImagePositionPatient, 3) is [var x, var y, var z] ? new Vector(x, y, z) : null;

    private static (double Row, double Column)? PixelSpacing(DicomAttributes a) =>
        a.Numbers(DicomTag.PixelSpacing, 2) is [> 0 and var row, > 0 and var column] ? (row, column) : null;

    private static SliceHeader Whole(string path, DicomFile file)
    {
        var a = file.Attributes;
        var signed = a.Binary(DicomTag.PixelRepresentation) == 1;
        return new SliceHeader
        {
            Path = path,
            SopInstanceUid = a.Text(DicomTag.SopInstanceUid),
            SopClassUid = a.Text(DicomTag.SopClassUid),
            Modality = a.Text(DicomTag.Modality),
            ImageType = a.Texts(DicomTag.ImageType),
            SeriesInstanceUid = a.Text(DicomTag.SeriesInstanceUid),
            PatientId = a.Text(DicomTag.PatientId),
            FrameOfReferenceUid = a.Text(DicomTag.FrameOfReferenceUid),
            AcquisitionNumber = a.Integer(DicomTag.AcquisitionNumber) ?? 0,
            InstanceNumber = a.Integer(DicomTag.InstanceNumber) ?? 0,
            Rows = a.Binary(DicomTag.Rows) ?? 0,
            Columns = a.Binary(DicomTag.Columns) ?? 0,
            Frames = a.Integer(DicomTag.NumberOfFrames) ?? 1,
            Position = Position(a),
            Orientation = Orientation(a.Numbers(DicomTag.ImageOrientationPatient, 6)),
            PixelSpacing = PixelSpacing(a),
            SliceThickness = a.Numbers(DicomTag.SliceThickness)?[0],
            Slope = a.Numbers(DicomTag.RescaleSlope)?[0],
            Intercept = a.Numbers(DicomTag.RescaleIntercept)?[0],
            RescaleType = a.Text(DicomTag.RescaleType),
            SamplesPerPixel = a.Binary(DicomTag.SamplesPerPixel) ?? 1,
            BitsAllocated = a.Binary(DicomTag.BitsAllocated) ?? 0,
            BitsStored = a.Binary(DicomTag.BitsStored) ?? 0,
            HighBit = a.Binary(DicomTag.HighBit) ?? (a.Binary(DicomTag.BitsStored) ?? 1) - 1,
            IsSigned = signed,
            Photometric = a.Text(DicomTag.PhotometricInterpretation),
            Padding = Padding(DicomTag.PixelPaddingValue),
            PaddingLimit = Padding(DicomTag.PixelPaddingRangeLimit),
            TransferSyntax = file.Syntax.Uid,
            HasPixels = file.PixelBytes is not null,
        };

        int? Padding(uint tag) => a.Binary(tag) is { } value ? signed ? (short)value : value : null;
    }

    private static SliceOrientation? Orientation(double[]? n)
    {
        if (n is null)
        {
            return null;
        }

        var (row, column) = (new Vector(n[0], n[1], n[2]), new Vector(n[3], n[4], n[5]));
        if (Math.Abs(row.Length - 1) > 0.01 || Math.Abs(column.Length - 1) > 0.01 || Math.Abs(row.Dot(column)) > 0.01)
        {
            throw DicomFormatException.Malformed($"its orientation {string.Join(", ", n)} is not a pair of perpendicular unit vectors.");
        }

        return new SliceOrientation(row.Times(1 / row.Length), column.Times(1 / column.Length));
    }

    private static void Check(SliceHeader header, DicomFile file)
    {
        if (header.SopClassUid.Length == 0)
        {
            throw DicomFormatException.Malformed("it names no SOP class, so it is unknown what it is.");
        }

        if (file.PixelBytes is not { } pixelBytes)
        {
            if (!file.Syntax.IsDecodable && header.Rows > 0)
            {
                return; // pixels on a server; the reader refuses the coding by name
            }

            // A CT image, and whoever declares rows, has pixels behind: a file that ends before them was cut between two elements.
            throw header.Rows > 0 || header.SopClassUid is CtImage or EnhancedCtImage
                ? DicomFormatException.Truncated($"it declares {header.Rows}x{header.Columns} pixels and ends before them.")
                : new DicomFormatException("no-pixel-data", $"it holds no image (modality {header.Modality}, SOP class {header.SopClassUid}). It is left out.");
        }

        if (header.Rows is 0 or > LargestEdge || header.Columns is 0 or > LargestEdge || header.Frames is < 1 or > DicomFile.MostFrames || header.BitsAllocated is not (1 or 8 or 16 or 32 or 64))
        {
            throw new DicomFormatException("absurd-size", $"it declares {header.Frames} frames of {header.Rows}x{header.Columns} pixels of {header.BitsAllocated} bits; "
                + $"up to {DicomFile.MostFrames} frames of {LargestEdge}x{LargestEdge} are read. Export the series again.");
        }

        // A decoder writes as much as the compressed data says, whatever room there is. JPEG may say its height later: decoders refuse that.
        if (file.Codestream is { Rows: > 0 } coded
            && ((coded.Rows, coded.Columns, coded.Components) != (header.Rows, header.Columns, header.SamplesPerPixel)
                || coded.Precision > header.BitsAllocated))
        {
            throw new DicomFormatException("absurd-size", $"it declares {header.Rows}x{header.Columns} pixels of {header.SamplesPerPixel} samples of {header.BitsAllocated} bits, "
                + $"and its compressed data {coded.Rows}x{coded.Columns} pixels of {coded.Components} samples of {coded.Precision} bits. "
                + "Export the series again.");
        }

        var fragments = file.Fragments.Count;
        if (file.Syntax.IsEncapsulated && !file.Syntax.IsDecodable && fragments > 0)
        {
            return; // a video has one fragment for all frames; the reader refuses the coding by name
        }

        if (file.Syntax.IsEncapsulated && fragments > 0 && fragments < header.Frames)
        {
            throw DicomFormatException.Truncated($"its compressed pixel data has {fragments} fragments, where {header.Frames} frames need at least as many.");
        }

        if (file.Syntax.IsEncapsulated != fragments > 0)
        {
            throw DicomFormatException.Malformed($"its transfer syntax {file.Syntax.Uid} and its pixel data of {fragments} fragments contradict each other.");
        }

        var needed = (((long)header.Rows * header.Columns * header.SamplesPerPixel * header.Frames * header.BitsAllocated) + 7) / 8;
        if (!file.Syntax.IsEncapsulated && !header.Photometric.StartsWith("YBR_", StringComparison.Ordinal) && pixelBytes < needed)
        {
            throw DicomFormatException.Truncated($"its pixel data has {pixelBytes} bytes where {header.Frames} frames of {header.Rows}x{header.Columns} pixels need {needed}.");
        }
    }
}
