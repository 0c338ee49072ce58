using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace MhdNet.Ingest.Sequences;

/// <summary>NumPy's array file, format 1.0, C order: what <c>numpy.load</c> reads and <c>numpy.save</c> writes.</summary>
public static partial class Npy
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes an array of <c>short</c>, <c>byte</c> or <c>float</c>.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="data">All elements, the last index fastest.</param>
    /// <param name="shape">The length of each dimension.</param>
    /// <exception cref="ArgumentException">The shape does not match the number of elements, or the type has no NumPy name here.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> data, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        stream.Write(Header<T>(data.Length, shape));
        stream.Write(MemoryMarshal.AsBytes(data));
    }

    /// <summary>What stands before the elements.</summary>
    /// <param name="elements">How many elements there are.</param>
    /// <param name="shape">The length of each dimension.</param>
    /// <exception cref="ArgumentException">The shape does not match the number of elements, or the type has no NumPy name here.</exception>
    public static byte[] Header<T>(long elements, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var length in shape)
        {
            count *= length;
        }

        if (count != elements)
        {
            throw new ArgumentException($"a shape of {count} elements does not fit {elements} elements", nameof(shape));
        }

        var header = new StringBuilder($"{{'descr': '{Descriptor<T>()}', 'fortran_order': False, 'shape': (");
        for (var i = 0; i < shape.Length; i++)
        {
            header.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? ", " : "")}{shape[i]}");
        }

        header.Append(shape.Length == 1 ? ",), }" : "), }"); // as Python writes a tuple
        var padding = 64 - ((Magic.Length + 4 + header.Length + 1) % 64);
        header.Append(' ', padding % 64).Append('\n');
        Span<byte> start = stackalloc byte[10];
        Magic.CopyTo(start);
        start[6] = 1;
        start[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(start[8..], (ushort)header.Length);
        return [.. start, .. Encoding.ASCII.GetBytes(header.ToString())];
    }

    /// <summary>Reads an array written by <see cref="Write{T}"/> or NumPy.</summary>
    /// <exception cref="InvalidDataException">Not an array file, of another element type or order, or cut short. The message does not name the file.</exception>
    public static NpyArray<T> Read<T>(Stream stream)
        where T : unmanaged
    {
        Span<byte> start = stackalloc byte[10];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.StartsWith(Magic) || start[6] != 1)
        {
            throw new InvalidDataException("not a NumPy array file of format 1.0");
        }

        var text = new byte[BinaryPrimitives.ReadUInt16LittleEndian(start[8..])];
        if (stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) < text.Length)
        {
            throw new InvalidDataException("the header of the array file is cut short");
        }

        var header = HeaderForm().Match(Encoding.ASCII.GetString(text));
        if (!header.Success || header.Groups["descr"].Value != Descriptor<T>() || header.Groups["order"].Value != "False")
        {
            throw new InvalidDataException($"the array file's header is not that of a C-ordered {Descriptor<T>()} array: {Encoding.ASCII.GetString(text).Trim()}");
        }

        int[] shape = [.. header.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        var count = shape.Aggregate(1L, (product, length) => checked(product * length));
        if (stream.CanSeek && stream.Length - stream.Position < count * Marshal.SizeOf<T>())
        {
            throw new InvalidDataException($"the array file is cut short: {stream.Length - stream.Position} bytes of {count * Marshal.SizeOf<T>()} are there");
        }

        var data = new T[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(data.AsSpan()));
        return new NpyArray<T>(data, shape);
    }

    private static string Descriptor<T>() => typeof(T) == typeof(short) ? "<i2" : typeof(T) == typeof(byte) ? "|u1" : typeof(T) == typeof(float) ? "<f4"
        : throw new ArgumentException($"arrays of {typeof(T).Name} are not written here");

    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<descr>[^']+)',\s*'fortran_order':\s*(?<order>True|False),\s*'shape':\s*\((?<shape>[\d, ]*)\),?\s*\}\s*$")]
    private static partial Regex HeaderForm();
}
