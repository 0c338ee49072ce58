namespace MhdNet.Ingest.Phantom;

/// <summary>A range of slices in the ordered series, superior slice 0, both ends included: <c>tumor_slices</c> of the labels.</summary>
/// <param name="First">First slice.</param>
/// <param name="Last">Last slice.</param>
public readonly record struct SliceSpan(int First, int Last)
{
    /// <summary><c>first-last</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{First}-{Last}");
}
