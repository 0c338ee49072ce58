using System.Buffers.Binary;
using System.Text;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>Writes data sets as files (PS3.10, 7.1): preamble, file meta information, data set in Explicit VR Little Endian.</summary>
/// <param name="implementationUid">ImplementationClassUID: what wrote the file.</param>
/// <param name="implementationName">ImplementationVersionName, up to 16 characters.</param>
public sealed class DicomFileWriter(string implementationUid, string implementationName)
{
    private const int Preamble = 128, LongestUid = 64;

    /// <summary>Writes one file over what may be there.</summary>
    /// <exception cref="ArgumentException">
    /// The data set does not say what it is (SOPClassUID, SOPInstanceUID), says it too long, or has letters that its SpecificCharacterSet does not announce.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(DicomDataSet dataSet, string path)
    {
        var meta = Meta(dataSet);
        using var file = File.Create(path);
        file.Write(stackalloc byte[Preamble]);
        file.Write("DICM"u8);
        file.Write(meta);
        dataSet.WriteTo(file);
    }

    private byte[] Meta(DicomDataSet dataSet)
    {
        var (kind, instance) = (dataSet.TextOf(DicomTag.SopClassUid), dataSet.TextOf(DicomTag.SopInstanceUid));
        if (kind.Length == 0 || instance.Length == 0)
        {
            throw new ArgumentException("A file's data set has a SOPClassUID and a SOPInstanceUID.", nameof(dataSet));
        }

        if (!dataSet.SaysItsCharacters)
        {
            throw new ArgumentException("A data set with letters beyond ASCII has SpecificCharacterSet ISO_IR 192.", nameof(dataSet));
        }

        // A length of the meta group is the only group length that a file has (PS3.10, table 7.1-1).
        List<byte> meta = [2, 0, 0, 0, .. "UL"u8, 4, 0, 0, 0, 0, 0, 2, 0, 1, 0, .. "OB"u8, 0, 0, 2, 0, 0, 0, 0, 1];
        Add(meta, 0x02, "UI", kind);
        Add(meta, 0x03, "UI", instance);
        Add(meta, 0x10, "UI", TransferSyntax.ExplicitLittleEndian);
        Add(meta, 0x12, "UI", implementationUid);
        Add(meta, 0x13, "SH", implementationName);
        byte[] bytes = [.. meta];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), bytes.Length - 12);
        return bytes;
    }

    private static void Add(List<byte> meta, byte element, string vr, string value)
    {
        var padded = value.Length % 2 == 0 ? value : value + (vr == "UI" ? '\0' : ' ');
        if (padded.Length > LongestUid)
        {
            throw new ArgumentException(
                $"{value} is longer than {LongestUid} characters, which no element of the file meta may be.", nameof(value));
        }

        meta.AddRange([2, 0, element, 0, .. Encoding.ASCII.GetBytes(vr), (byte)padded.Length, 0, .. Encoding.ASCII.GetBytes(padded)]);
    }
}
