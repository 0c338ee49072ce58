namespace MhdNet.Host.Status;

/// <summary>Items put together because one sentence says it for all of them: every patient has a localizer, and a list of a thousand hides the one that matters.</summary>
/// <typeparam name="T">A row about an item.</typeparam>
/// <param name="First">The one that is shown.</param>
/// <param name="Others">The ones that are only counted.</param>
public sealed record SameReason<T>(T First, IReadOnlyList<T> Others);

/// <summary>Makes <see cref="SameReason{T}"/>.</summary>
public static class SameReason
{
    /// <summary>Rows of the same reason code beyond this many are put together.</summary>
    public const int ShownAtMost = 3;

    /// <summary>Puts rows of the same code together, each group where its first row stood; rows without a code stay alone.</summary>
    public static IReadOnlyList<SameReason<T>> Collapse<T>(IEnumerable<T> rows, Func<T, string?> code)
    {
        var groups = rows.Select((row, place) => (Row: row, Place: place)).GroupBy(each => code(each.Row) ?? $"#{each.Place}", StringComparer.Ordinal);
        return [.. groups
            .SelectMany(group => group.Count() > ShownAtMost
                ? [(group.First().Place, new SameReason<T>(group.First().Row, [.. group.Skip(1).Select(each => each.Row)]))]
                : group.Select(each => (each.Place, new SameReason<T>(each.Row, []))))
            .OrderBy(each => each.Place)
            .Select(each => each.Item2)];
    }
}
