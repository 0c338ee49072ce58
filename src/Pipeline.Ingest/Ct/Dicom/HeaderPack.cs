using System.Text;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>The headers of one file in a few hundred bytes, without its path and without PatientID.</summary>
internal static class HeaderPack
{
    /// <summary>To be raised with every change of what follows.</summary>
    private const byte Form = 1;

    /// <summary>Packs what a reader read of one file.</summary>
    public static byte[] Of(IReadOnlyList<SliceHeader> headers)
    {
        using var bytes = new MemoryStream(512);
        using var to = new BinaryWriter(bytes, Encoding.UTF8);
        to.Write(Form);
        to.Write7BitEncodedInt(headers.Count);
        foreach (var header in headers)
        {
            WriteWhole(to, header);
            WriteGeometry(to, header);
            WritePlace(to, header.Place!);
        }

        return bytes.ToArray();
    }

    /// <summary>The headers again, of the file at a path; null where another version packed them.</summary>
    public static IReadOnlyList<SliceHeader>? Read(byte[] pack, string path)
    {
        using var from = new BinaryReader(new MemoryStream(pack), Encoding.UTF8);
        if (from.ReadByte() != Form)
        {
            return null;
        }

        var headers = new SliceHeader[from.Read7BitEncodedInt()];
        for (var i = 0; i < headers.Length; i++)
        {
            var whole = ReadWhole(from, path);
            var placed = ReadGeometry(from, whole);
            headers[i] = placed with { Place = ReadPlace(from) };
        }

        return headers;
    }

    private static void WriteWhole(BinaryWriter to, SliceHeader header)
    {
        foreach (var text in (string[])
        [
            header.SopInstanceUid, header.SopClassUid, header.Modality, header.SeriesInstanceUid, header.FrameOfReferenceUid, header.RescaleType, header.Photometric, header.TransferSyntax,
            string.Join('\\', header.ImageType),
        ])
        {
            to.Write(text);
        }

        foreach (var number in (int[])
        [
            header.AcquisitionNumber, header.InstanceNumber, header.Rows, header.Columns, header.Frames, header.Frame, header.SamplesPerPixel, header.BitsAllocated, header.BitsStored,
            header.HighBit, header.TemporalPosition,
        ])
        {
            to.Write(number);
        }

        to.Write(header.IsSigned);
        to.Write(header.HasPixels);
        WriteMaybe(to, header.Padding, to.Write);
        WriteMaybe(to, header.PaddingLimit, to.Write);
    }

    private static SliceHeader ReadWhole(BinaryReader from, string path) => new()
    {
        // Initialisers run in the order in which they stand here, which is the order of writing.
        Path = path,
        SopInstanceUid = from.ReadString(),
        SopClassUid = from.ReadString(),
        Modality = from.ReadString(),
        SeriesInstanceUid = from.ReadString(),
        FrameOfReferenceUid = from.ReadString(),
        RescaleType = from.ReadString(),
        Photometric = from.ReadString(),
        TransferSyntax = from.ReadString(),
        ImageType = from.ReadString() is { Length: > 0 } types ? types.Split('\\') : [],
        AcquisitionNumber = from.ReadInt32(),
        InstanceNumber = from.ReadInt32(),
        Rows = from.ReadInt32(),
        Columns = from.ReadInt32(),
        Frames = from.ReadInt32(),
        Frame = from.ReadInt32(),
        SamplesPerPixel = from.ReadInt32(),
        BitsAllocated = from.ReadInt32(),
        BitsStored = from.ReadInt32(),
        HighBit = from.ReadInt32(),
        TemporalPosition = from.ReadInt32(),
        IsSigned = from.ReadBoolean(),
        HasPixels = from.ReadBoolean(),
        Padding = ReadMaybe(from, from.ReadInt32),
        PaddingLimit = ReadMaybe(from, from.ReadInt32),
    };

    private static void WriteGeometry(BinaryWriter to, SliceHeader header)
    {
        WriteMaybe(to, header.Position, vector => Write(to, vector));
        WriteMaybe(to, header.Orientation, orientation =>
        {
            Write(to, orientation.Row);
            Write(to, orientation.Column);
        });
        WriteMaybe(to, header.PixelSpacing, spacing =>
        {
            to.Write(spacing.Row);
            to.Write(spacing.Column);
        });
        WriteMaybe(to, header.SliceThickness, to.Write);
        WriteMaybe(to, header.Slope, to.Write);
        WriteMaybe(to, header.Intercept, to.Write);
    }

    private static SliceHeader ReadGeometry(BinaryReader from, SliceHeader header) => header with
    {
        Position = ReadMaybe(from, () => ReadVector(from)),
        Orientation = ReadMaybe(from, () => new SliceOrientation(ReadVector(from), ReadVector(from))),
        PixelSpacing = ReadMaybe(from, () => (from.ReadDouble(), from.ReadDouble())),
        SliceThickness = ReadMaybe(from, from.ReadDouble),
        Slope = ReadMaybe(from, from.ReadDouble),
        Intercept = ReadMaybe(from, from.ReadDouble),
    };

    private static void WritePlace(BinaryWriter to, FramePlace place)
    {
        to.Write(place.Mark.Length);
        to.Write(place.Mark.Modified.Ticks);
        to.Write(place.Mark.Head);
        WriteMaybe(to, place.Native, to.Write);
        to.Write(place.IsSwapped);
        to.Write7BitEncodedInt(place.Fragments.Count);
        foreach (var fragment in place.Fragments)
        {
            to.Write(fragment.Start);
            to.Write(fragment.Length);
        }
    }

    private static FramePlace ReadPlace(BinaryReader from) => new(new FileMark(from.ReadInt64(), new DateTime(from.ReadInt64(), DateTimeKind.Utc), from.ReadUInt32()))
    {
        Native = ReadMaybe(from, from.ReadInt64),
        IsSwapped = from.ReadBoolean(),
        Fragments = ReadFragments(from),
    };

    private static PixelFragment[] ReadFragments(BinaryReader from)
    {
        var fragments = new PixelFragment[from.Read7BitEncodedInt()];
        for (var i = 0; i < fragments.Length; i++)
        {
            fragments[i] = new PixelFragment(from.ReadInt64(), from.ReadUInt32());
        }

        return fragments;
    }

    private static void Write(BinaryWriter to, Vector vector)
    {
        to.Write(vector.X);
        to.Write(vector.Y);
        to.Write(vector.Z);
    }

    private static Vector ReadVector(BinaryReader from) => new(from.ReadDouble(), from.ReadDouble(), from.ReadDouble());

    private static void WriteMaybe<T>(BinaryWriter to, T? value, Action<T> write)
        where T : struct
    {
        to.Write(value.HasValue);
        if (value is { } there)
        {
            write(there);
        }
    }

    private static T? ReadMaybe<T>(BinaryReader from, Func<T> read)
        where T : struct
        => from.ReadBoolean() ? read() : null;
}
