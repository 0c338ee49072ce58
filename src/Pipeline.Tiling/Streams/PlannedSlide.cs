using MhdNet.Ingest.Items;

namespace MhdNet.Tiling.Streams;

/// <summary>What a dry run finds out about a slide.</summary>
/// <param name="Problem">Why it would give no sequences, or null.</param>
/// <param name="Tissue">Share of the slide that is tissue; null where none was looked for.</param>
/// <param name="Planned">Tiles that would be read.</param>
/// <param name="Sparse">Tiles with too little tissue.</param>
/// <param name="Background">Tiles without any.</param>
public sealed record PlannedSlide(Reason? Problem, double? Tissue, int Planned, int Sparse, int Background)
{
    /// <summary>Whether the slide could not be read, which is no matter of its content.</summary>
    public bool IsFailure { get; init; }
}
