using System.Collections.Concurrent;
using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Blocks;

/// <summary>
/// Decoded cells that lie under several blocks, kept from the first block that needs them to the last. Blocks come in Hilbert order, so what is kept is the
/// edge of the part already read: some hundred cells even on the largest slides.
/// </summary>
/// <param name="cover">How many blocks need each.</param>
internal sealed class SharedCells(CellCover cover)
{
    private readonly ConcurrentDictionary<Cell, Entry> _entries = new();

    /// <summary>Cells kept now.</summary>
    public int Count => _entries.Count;

    /// <summary>A cell's pixels; the first caller decodes, others wait for it.</summary>
    /// <returns>Null where it is damaged.</returns>
    public byte[]? Take(Cell cell, Func<byte[]?> decode)
    {
        var entry = _entries.GetOrAdd(cell, static (key, state) => new Entry(new Lazy<byte[]?>(state.decode), state.cover.Uses(key)), (decode, cover));
        var pixels = entry.Pixels.Value;
        if (entry.Release() == 0)
        {
            _entries.TryRemove(cell, out _);
        }

        return pixels;
    }

    private sealed class Entry(Lazy<byte[]?> pixels, int uses)
    {
        private int _uses = uses;

        public Lazy<byte[]?> Pixels => pixels;

        public int Release() => Interlocked.Decrement(ref _uses);
    }
}
