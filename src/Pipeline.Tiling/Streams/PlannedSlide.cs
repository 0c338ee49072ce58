using MhdNet.Ingest.Items;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>What a dry run finds out about a slide.</summary>
/// <param name="Problem">Why it would give no sequences, or null.</param>
/// <param name="Tissue">Share of the slide that is tissue; null where none was looked for.</param>
/// <param name="Planned">Tiles that would be read.</param>
/// <param name="Others">The others by fate; null where there is no plan.</param>
public sealed record PlannedSlide(Reason? Problem, double? Tissue, int Planned, TileCounts? Others)
{
    /// <summary>Whether the slide could not be read, which is no matter of its content.</summary>
    public bool IsFailure { get; init; }
}
