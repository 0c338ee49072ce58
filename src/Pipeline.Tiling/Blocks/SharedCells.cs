using System.Collections.Concurrent;
using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Blocks;

/// <summary>
/// Decoded cells that lie under several blocks, kept from the first block that needs them to the last. Blocks come in Hilbert order, so what is kept is the
/// edge of the part already read: some hundred cells even on the largest slides.
/// </summary>
/// <param name="cover">How many blocks need each.</param>
/// <param name="bytes">Bytes of a cell.</param>
internal sealed class SharedCells(CellCover cover, int bytes)
{
    private readonly ConcurrentDictionary<Cell, Entry> _entries = new();
    private readonly ConcurrentBag<byte[]> _free = [];

    /// <summary>Cells kept now.</summary>
    public int Count => _entries.Count;

    /// <summary>Shows a cell's pixels; the first caller decodes, others wait for it. After the last block's call the memory is used again.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="decode">Decodes it; false where it is damaged.</param>
    /// <param name="use">Looks at the pixels, which are valid during the call.</param>
    /// <returns>False where the cell is damaged.</returns>
    public bool Use(Cell cell, Func<byte[], bool> decode, Action<byte[]> use)
    {
        var entry = _entries.GetOrAdd(cell, static (key, state) => new Entry(new Lazy<byte[]?>(() => state.Item1.Decoded(state.decode)), state.Item1.Uses(key)), (this, decode));
        var pixels = entry.Pixels.Value;
        if (pixels is not null)
        {
            use(pixels);
        }

        if (entry.Release() == 0)
        {
            _entries.TryRemove(cell, out _);
            if (pixels is not null)
            {
                _free.Add(pixels);
            }
        }

        return pixels is not null;
    }

    private int Uses(Cell cell) => cover.Uses(cell);

    private byte[]? Decoded(Func<byte[], bool> decode)
    {
        var pixels = _free.TryTake(out var idle) ? idle : GC.AllocateUninitializedArray<byte>(bytes);
        if (decode(pixels))
        {
            return pixels;
        }

        _free.Add(pixels);
        return null;
    }

    private sealed class Entry(Lazy<byte[]?> pixels, int uses)
    {
        private int _uses = uses;

        public Lazy<byte[]?> Pixels => pixels;

        public int Release() => Interlocked.Decrement(ref _uses);
    }
}
