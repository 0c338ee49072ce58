namespace MhdNet.Tiling.Tiles;

/// <summary>Cutting the kept tiles into sequences.</summary>
public static class TileSequences
{
    /// <summary>Where each sequence starts in the list of kept tiles; sequences do not overlap, except the last under <see cref="RemainderPolicy.Overlap"/>.</summary>
    /// <param name="kept">Number of kept tiles.</param>
    /// <param name="length">Tiles of a sequence.</param>
    /// <param name="remainder">What happens to the tiles after the last full sequence.</param>
    /// <param name="max">How many sequences at most, spread evenly over all; 0: all.</param>
    /// <returns>Ascending; empty where there are fewer tiles than a sequence needs.</returns>
    public static IReadOnlyList<int> Starts(int kept, int length, RemainderPolicy remainder, int max)
    {
        List<int> starts = [.. Enumerable.Range(0, kept / length).Select(i => i * length)];
        if (remainder == RemainderPolicy.Overlap && starts.Count > 0 && kept % length > 0)
        {
            starts.Add(kept - length);
        }

        return max == 0 ? starts : Spread(starts, max);
    }

    /// <summary>At most <paramref name="max"/> elements, from the middles of as many equal parts of the list.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int max) =>
        all.Count <= max ? all : [.. Enumerable.Range(0, max).Select(i => all[(int)(((2L * i) + 1) * all.Count / (2L * max))])];
}
