using System.Globalization;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Phantom;

/// <summary>Writes a volume as an axial CT series with two localizers, Part 10 files in Explicit VR Little Endian.</summary>
/// <param name="folder">Where to; created.</param>
/// <param name="patientId">PatientID.</param>
/// <param name="seed">UIDs and file names follow from it.</param>
internal sealed class CtSeriesWriter(string folder, string patientId, int seed)
{
    private const int Intercept = -1024;

    /// <summary>Without a version of the program: a cohort stays the same byte for byte.</summary>
    private static readonly DicomFileWriter Files = new("2.25.297199176458428652600427773016181647419", "MHDNET");

    private readonly Random _names = SeededDraws.For(seed, "file names");

    /// <summary>Writes everything.</summary>
    /// <returns>SeriesInstanceUID of the axial series.</returns>
    public string Write(CtVolume volume)
    {
        Directory.CreateDirectory(folder);
        var scan = volume.Scan;
        var (uid, edge) = (SeededDraws.Uid(seed, "series"), -scan.FieldMm / 2);
        for (var i = 0; i < volume.Slices.Count; i++)
        {
            var file = Common(uid, "synthetic chest", 2, i + 1, "ORIGINAL\\PRIMARY\\AXIAL");
            Image(file, volume.Slices[i], scan.Pixels, scan.Pixels, (scan.PixelMm, scan.PixelMm));
            file.Text(DicomTag.RescaleType, "LO", "HU"); // which a localizer must not be called
            Place(file, scan, (edge, edge, scan.Z(i)), "1\\0\\0\\0\\1\\0");
            Save(file);
        }

        Localizer(volume, 1, "1\\0\\0\\0\\0\\-1", (edge, 0, scan.Z(0)), (hu, column, other) => hu[(other * scan.Pixels) + column]);
        Localizer(volume, 2, "0\\1\\0\\0\\0\\-1", (0, edge, scan.Z(0)), (hu, column, other) => hu[(column * scan.Pixels) + other]);
        return uid;
    }

    /// <summary>The projection of the volume along one axis, a row a slice.</summary>
    private void Localizer(
        CtVolume volume, int number, string orientation, (double X, double Y, double Z) position, Func<short[], int, int, short> at)
    {
        var scan = volume.Scan;
        var projection = new short[scan.Slices * scan.Pixels];
        for (var i = 0; i < projection.Length; i++)
        {
            var (hu, column, sum) = (volume.Slices[i / scan.Pixels], i % scan.Pixels, 0);
            for (var other = 0; other < scan.Pixels; other++)
            {
                sum += at(hu, column, other);
            }

            projection[i] = (short)(sum / scan.Pixels);
        }

        var file = Common(SeededDraws.Uid(seed, "localizers"), "localizer", 1, number, "ORIGINAL\\PRIMARY\\LOCALIZER");
        Image(file, projection, scan.Slices, scan.Pixels, (scan.SliceMm, scan.PixelMm));
        Place(file, scan, position, orientation);
        Save(file);
    }

    private DicomDataSet Common(string seriesUid, string description, int series, int instance, string imageType)
    {
        var file = new DicomDataSet();
        file.Text(DicomTag.ImageType, "CS", imageType);
        file.Text(DicomTag.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.2");
        file.Text(DicomTag.SopInstanceUid, "UI", SeededDraws.Uid(seed, $"{description} {instance}"));
        file.Text(0x0008_0020, "DA", "20200101"); // study date: fixed, as everything here
        file.Text(0x0008_0030, "TM", "120000");
        file.Text(0x0008_0050, "SH", "");
        file.Text(DicomTag.Modality, "CS", "CT");
        file.Text(0x0008_0070, "LO", "MhdNet phantom");
        file.Text(0x0008_0090, "PN", "");
        file.Text(0x0008_103E, "LO", description);
        file.Text(0x0010_0010, "PN", $"Phantom^{patientId}");
        file.Text(DicomTag.PatientId, "LO", patientId);
        file.Text(0x0010_0030, "DA", "");
        file.Text(0x0010_0040, "CS", "O");
        file.Text(0x0018_0015, "CS", "CHEST");
        file.Text(0x0018_0060, "DS", "120"); // kV
        file.Text(0x0018_5100, "CS", "HFS"); // head first, supine
        file.Text(0x0020_000D, "UI", SeededDraws.Uid(seed, "study"));
        file.Text(DicomTag.SeriesInstanceUid, "UI", seriesUid);
        file.Text(0x0020_0010, "SH", "1");
        file.Text(0x0020_0011, "IS", series.ToString(CultureInfo.InvariantCulture));
        file.Text(DicomTag.AcquisitionNumber, "IS", "1");
        file.Text(DicomTag.InstanceNumber, "IS", instance.ToString(CultureInfo.InvariantCulture));
        file.Text(DicomTag.FrameOfReferenceUid, "UI", SeededDraws.Uid(seed, "frame of reference"));
        file.Text(0x0020_1040, "LO", "");
        return file;
    }

    private static void Place(DicomDataSet file, PhantomScan scan, (double X, double Y, double Z) position, string orientation)
    {
        file.Text(DicomTag.SliceThickness, "DS", Number(scan.SliceMm));
        file.Text(DicomTag.ImagePositionPatient, "DS", $"{Number(position.X)}\\{Number(position.Y)}\\{Number(position.Z)}");
        file.Text(DicomTag.ImageOrientationPatient, "DS", orientation);
    }

    private static void Image(DicomDataSet file, short[] hu, int rows, int columns, (double Row, double Column) spacing)
    {
        file.Number16(DicomTag.SamplesPerPixel, 1);
        file.Text(DicomTag.PhotometricInterpretation, "CS", "MONOCHROME2");
        file.Number16(DicomTag.Rows, rows);
        file.Number16(DicomTag.Columns, columns);
        file.Text(DicomTag.PixelSpacing, "DS", $"{Number(spacing.Row)}\\{Number(spacing.Column)}");
        file.Number16(DicomTag.BitsAllocated, 16);
        file.Number16(DicomTag.BitsStored, 12);
        file.Number16(DicomTag.HighBit, 11);
        file.Number16(DicomTag.PixelRepresentation, 0);
        file.Text(0x0028_1050, "DS", "40"); // window
        file.Text(0x0028_1051, "DS", "400");
        file.Text(DicomTag.RescaleIntercept, "DS", Intercept.ToString(CultureInfo.InvariantCulture));
        file.Text(DicomTag.RescaleSlope, "DS", "1");
        file.Words(DicomTag.PixelData, Array.ConvertAll(hu, v => (ushort)Math.Clamp(v - Intercept, 0, 4095)));
    }

    /// <summary>A decimal string of at most 16 characters (PS3.5, 6.2).</summary>
    private static string Number(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    private void Save(DicomDataSet file) => Files.Save(file, Path.Combine(folder, $"{_names.NextInt64():x16}.dcm"));
}
