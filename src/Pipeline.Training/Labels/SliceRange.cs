using System.Globalization;

namespace MhdNet.Training.Labels;

/// <summary>Slices that show the tumour: indices in the ordered series before trimming, both ends included.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last; not below the first.</param>
public sealed record SliceRange(int First, int Last)
{
    /// <summary>Whether a slice, or a position between two where a short series was resampled, lies inside.</summary>
    public bool Contains(double slice) => slice >= First && slice <= Last;

    /// <summary>Reads <c>first-last</c>.</summary>
    /// <returns>Null where the text is none, or the last slice comes before the first.</returns>
    public static SliceRange? Parse(string text)
    {
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        return ends.Length == 2 && Slice(ends[0], out var first) && Slice(ends[1], out var last) && first <= last ? new SliceRange(first, last) : null;
    }

    private static bool Slice(string text, out int slice) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out slice);
}
