using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Phantom;

/// <summary>One DICOM file being written through GDCM, in Explicit VR Little Endian.</summary>
internal sealed class DicomWriting : IDisposable
{
    private const string ImplementationUid = "2.25.310927458221", ImplementationName = "MHDNET PHANTOM";
    private readonly gdcm.Writer _writer;
    private readonly gdcm.DataSet _dataSet;

    public DicomWriting()
    {
        _ = Gdcm.Version;
        _writer = new gdcm.Writer();
        _dataSet = _writer.GetFile().GetDataSet();
    }

    /// <summary>A decimal string of at most 16 characters (PS3.5, 6.2).</summary>
    public static string Number(double value) => Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture);

    public void Text(uint tag, string vr, string value)
    {
        var padded = value.Length % 2 == 0 ? value : value + (vr == "UI" ? '\0' : ' ');
        Add(tag, vr, Encoding.ASCII.GetBytes(padded));
    }

    public void Number16(uint tag, int value) => Add(tag, "US", BitConverter.GetBytes((ushort)value));

    public void Pixels(ushort[] stored) => Add(DicomTag.PixelData, "OW", MemoryMarshal.AsBytes(stored.AsSpan()).ToArray());

    /// <exception cref="IOException">The file could not be written.</exception>
    public void Save(string path)
    {
        // GDCM completes the meta information from the data set. It would sign with its version, and another version would write other bytes.
        using var header = _writer.GetFile().GetHeader();
        Insert(header, 0x0002_0012, "UI", Encoding.ASCII.GetBytes(ImplementationUid));
        Insert(header, 0x0002_0013, "SH", Encoding.ASCII.GetBytes(ImplementationName));
        using var syntax = new gdcm.TransferSyntax(gdcm.TransferSyntax.TSType.ExplicitVRLittleEndian);
        header.SetDataSetTransferSyntax(syntax);
        _writer.SetFileName(path);
        if (!_writer.Write())
        {
            throw new IOException($"{path}: GDCM could not write it. Check the disk and the permissions of the folder.");
        }
    }

    public void Dispose()
    {
        _dataSet.Dispose();
        _writer.Dispose();
    }

    private void Add(uint tag, string vr, byte[] value) => Insert(_dataSet, tag, vr, value);

    private static void Insert(gdcm.DataSet target, uint tag, string vr, byte[] value)
    {
        using var length = new gdcm.VL((uint)value.Length);
        using var name = new gdcm.Tag(tag);
        using var kind = new gdcm.VR(gdcm.VR.GetVRType(vr));
        using var element = new gdcm.DataElement(name, length, kind);
        element.SetByteValue(value, length);
        target.Insert(element);
    }
}
