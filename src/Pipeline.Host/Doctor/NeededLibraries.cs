using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MhdNet.Host.Doctor;

/// <summary>The libraries that a native library links to (DT_NEEDED). Layout: ELF gABI, program headers and dynamic section.</summary>
internal static class NeededLibraries
{
    private const int Load = 1, Dynamic = 2, Needed = 1, StringTable = 5, HeaderLength = 64, EntryLength = 16, LongestName = 256;

    /// <summary>Their names, as the file gives them.</summary>
    /// <param name="path">The library.</param>
    /// <returns>The names; null where the file is no little-endian ELF64 file or ends too early.</returns>
    public static IReadOnlyList<string>? Of(string path)
    {
        using var file = File.OpenHandle(path);
        try
        {
            var header = Read(file, 0, HeaderLength);
            if (!header.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            {
                return null;
            }

            var segments = Segments(file, header);
            var dynamic = segments.FirstOrDefault(segment => segment.Type == Dynamic);
            var entries = dynamic is null ? [] : Entries(Read(file, dynamic.Offset, (int)dynamic.Length));
            var strings = entries.FirstOrDefault(entry => entry.Tag == StringTable).Value;
            return segments.FirstOrDefault(segment => segment.Type == Load && segment.Holds(strings)) is { } loaded
                ? [.. entries.Where(entry => entry.Tag == Needed).Select(entry => Text(file, loaded.InFile(strings + entry.Value)))]
                : [];
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    /// <summary>Those of a file, and of what it links to in its own folder, that are neither there nor on this system.</summary>
    /// <param name="path">The library. Where it is not there or cannot be read nothing is known, and nothing returned.</param>
    public static IReadOnlyList<string> NotFound(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var (missing, seen, next) = (new List<string>(), new HashSet<string>(), new Stack<string>([Path.GetFileName(path)]));
        while (next.TryPop(out var name))
        {
            var file = Path.Combine(folder, name);
            foreach (var needed in ((File.Exists(file) ? Of(file) : null) ?? []).Where(seen.Add))
            {
                if (File.Exists(Path.Combine(folder, needed)))
                {
                    next.Push(needed);
                }
                else if (!NativeLibrary.TryLoad(needed, out _))
                {
                    missing.Add(needed);
                }
            }
        }

        return missing;
    }

    private static List<Segment> Segments(SafeFileHandle file, byte[] header)
    {
        var (start, size, count) = (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32)), U16(header, 54), U16(header, 56));
        var table = Read(file, start, size * count);
        return
        [
            .. Enumerable.Range(0, count).Select(i => i * size)
                .Select(at => new Segment(U16(table, at), I64(table, at + 8), I64(table, at + 16), I64(table, at + 32))),
        ];
    }

    private static List<(long Tag, long Value)> Entries(byte[] section) =>
    [
        .. Enumerable.Range(0, section.Length / EntryLength).Select(i => i * EntryLength)
            .Select(at => (Tag: I64(section, at), Value: I64(section, at + 8)))
            .TakeWhile(entry => entry.Tag != 0),
    ];

    private static string Text(SafeFileHandle file, long offset)
    {
        var bytes = new byte[LongestName];
        var text = bytes.AsSpan(0, RandomAccess.Read(file, bytes, offset));
        return Encoding.ASCII.GetString(text.IndexOf((byte)0) is var end and >= 0 ? text[..end] : text);
    }

    private static byte[] Read(SafeFileHandle file, long offset, int length)
    {
        var bytes = new byte[length];
        return RandomAccess.Read(file, bytes, offset) == length ? bytes : throw new EndOfStreamException();
    }

    private static ushort U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static long I64(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));

    private sealed record Segment(int Type, long Offset, long Address, long Length)
    {
        public bool Holds(long address) => address >= Address && address < Address + Length;

        public long InFile(long address) => address - Address + Offset;
    }
}
