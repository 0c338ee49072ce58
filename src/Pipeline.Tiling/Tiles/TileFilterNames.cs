namespace MhdNet.Tiling.Tiles;

/// <summary>Filters as people write them: <c>tissue,white,focus</c>.</summary>
public static class TileFilterNames
{
    /// <summary>What can be written.</summary>
    public const string Choices = "tissue, artefacts, white, saturation, focus, cells; or all, or none";

    private static readonly Dictionary<string, TileFilters> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tissue"] = TileFilters.Tissue,
        ["artefacts"] = TileFilters.Artefacts,
        ["white"] = TileFilters.White,
        ["saturation"] = TileFilters.Saturation,
        ["focus"] = TileFilters.Focus,
        ["cells"] = TileFilters.Cells,
        ["all"] = TileFilters.All,
        ["none"] = TileFilters.None,
    };

    /// <summary>Reads names separated by commas.</summary>
    /// <param name="text">The names.</param>
    /// <param name="filters">The filters named.</param>
    /// <returns>The first name that is none, or null where all are.</returns>
    public static string? Parse(string text, out TileFilters filters)
    {
        filters = TileFilters.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Names.TryGetValue(name, out var filter))
            {
                return name;
            }

            filters |= filter;
        }

        return null;
    }
}
