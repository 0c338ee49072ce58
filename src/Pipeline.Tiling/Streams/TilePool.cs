using System.Collections.Concurrent;

namespace MhdNet.Tiling.Streams;

/// <summary>Memory for the pixels of kept tiles, used again once they are stored: at thousands of tiles a second the collector should not see it.</summary>
/// <param name="bytes">Bytes of a tile.</param>
internal sealed class TilePool(int bytes)
{
    private readonly ConcurrentBag<byte[]> _free = [];

    public byte[] Rent() => _free.TryTake(out var pixels) ? pixels : GC.AllocateUninitializedArray<byte>(bytes);

    public void Return(IEnumerable<byte[]> pixels)
    {
        foreach (var tile in pixels)
        {
            _free.Add(tile);
        }
    }
}
