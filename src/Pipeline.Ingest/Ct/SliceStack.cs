namespace MhdNet.Ingest.Ct;

/// <summary>The slices of a series in order, superior first, each position once.</summary>
/// <param name="Slices">The slices.</param>
/// <param name="Duplicates">Images left out because another has the same SOPInstanceUID or lies at the same position.</param>
/// <param name="Repeated">Positions at which several different images lie (phases, acquisitions, kernels).</param>
/// <param name="Spacing">Distances between neighbours.</param>
public sealed record SliceStack(IReadOnlyList<OrderedSlice> Slices, int Duplicates, int Repeated, SliceSpacing Spacing);
