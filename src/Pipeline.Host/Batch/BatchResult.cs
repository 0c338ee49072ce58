using MhdNet.Ingest.Items;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Host.Batch;

/// <summary>What became of a slide of a batch.</summary>
/// <param name="Slide">The slide.</param>
/// <param name="State">Done, rejected or quarantined; ready where the batch was stopped before its end.</param>
/// <param name="Reason">Why it has no sequences, or null.</param>
/// <param name="Note">What people should know although it is good, or null.</param>
/// <param name="Sequences">Sequences in the store.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Begun">Whether this call began it.</param>
internal sealed record BatchResult(BatchSlide Slide, ItemState State, Reason? Reason, string? Note, int Sequences, TimeSpan Duration, bool Begun)
{
    /// <summary>Whether it came to an end, in this call or before.</summary>
    public bool Ended => State is ItemState.Done or ItemState.Rejected or ItemState.Quarantined;

    /// <summary>Whether it was finished before this call and was not read again.</summary>
    public bool Known => Ended && !Begun && Slide.Unreadable is null;

    /// <summary>Its tiles by fate; null where none was judged.</summary>
    public TileCounts? Counts => Source?.Counts;

    /// <summary>The manifest's description; null where there is none.</summary>
    public SlideSource? Source { get; init; }
}
