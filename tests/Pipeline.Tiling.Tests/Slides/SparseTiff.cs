using System.Buffers.Binary;

namespace MhdNet.Tiling.Tests.Slides;

/// <summary>Writes a BigTIFF of one level with 256-pixel JPEG tiles, most of which are not stored, and the others all the same one: a huge slide in a small file.</summary>
internal static class SparseTiff
{
    private const int Tile = 256;

    /// <summary>Writes it.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="perCm">Pixels per centimetre, horizontally and vertically.</param>
    /// <param name="jpegs">The tiles that are stored, YCbCr with their own tables.</param>
    /// <param name="stored">The tile of a place, column and row, or null where none is stored.</param>
    public static void Write(string path, int width, int height, (uint X, uint Y) perCm, IReadOnlyList<byte[]> jpegs, Func<int, int, int?> stored)
    {
        int columns = (width + Tile - 1) / Tile, rows = (height + Tile - 1) / Tile, count = columns * rows;
        using var file = File.Create(path);
        file.Write([(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0]);
        file.Position = 16;
        var starts = jpegs.Select(jpeg =>
        {
            var start = (ulong)file.Position;
            file.Write(jpeg);
            return start;
        }).ToArray();
        var places = Enumerable.Range(0, count).Select(i => stored(i % columns, i / columns)).ToArray();
        var offsets = Array(file, places.Select(jpeg => jpeg is { } index ? starts[index] : 0));
        var sizes = Array(file, places.Select(jpeg => jpeg is { } index ? (ulong)jpegs[index].Length : 0));
        var directory = (ulong)file.Position;
        (ushort Tag, ushort Type, ulong Count, ulong Value)[] entries =
        [
            (256, 4, 1, (ulong)width), (257, 4, 1, (ulong)height), (258, 3, 3, 8UL | (8UL << 16) | (8UL << 32)), (259, 3, 1, 7), (262, 3, 1, 6), (277, 3, 1, 3),
            (282, 5, 1, perCm.X | (1UL << 32)), (283, 5, 1, perCm.Y | (1UL << 32)), (284, 3, 1, 1), (296, 3, 1, 3),
            (322, 4, 1, Tile), (323, 4, 1, Tile), (324, 16, (ulong)count, offsets), (325, 16, (ulong)count, sizes), (530, 3, 2, 2UL | (2UL << 16)),
        ];
        Number(file, (ulong)entries.Length);
        Span<byte> entry = stackalloc byte[20];
        foreach (var (tag, type, number, value) in entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[4..], number);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[12..], value);
            file.Write(entry);
        }

        Number(file, 0);
        file.Position = 8;
        Number(file, directory);
    }

    private static ulong Array(FileStream file, IEnumerable<ulong> values)
    {
        var start = (ulong)file.Position;
        foreach (var value in values)
        {
            Number(file, value);
        }

        return start;
    }

    private static void Number(FileStream file, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        file.Write(bytes);
    }
}
