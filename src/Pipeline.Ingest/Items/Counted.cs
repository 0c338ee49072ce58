namespace MhdNet.Ingest.Items;

/// <summary>A number with its noun, as a person writes it.</summary>
public static class Counted
{
    /// <summary><c>1 sequence</c>, <c>2 sequences</c>, <c>1 series</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">The noun in the singular.</param>
    public static string Of(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 || noun.EndsWith("series", StringComparison.Ordinal) ? "" : "s")}");
}
