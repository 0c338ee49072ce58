namespace MhdNet.Ingest.Ct;

/// <summary>Which frames make which sequence.</summary>
/// <param name="Windows">Each sequence's frames, as positions in the stack before trimming; fractional where <paramref name="Resampled"/>.</param>
/// <param name="Resampled">Whether fewer were kept than a sequence has: one window, interpolated along z.</param>
/// <param name="Unused">Kept frames in no sequence.</param>
public sealed record SequencePlan(IReadOnlyList<IReadOnlyList<double>> Windows, bool Resampled, int Unused)
{
    /// <summary>Cuts what was kept into consecutive windows of <paramref name="frames"/>.</summary>
    public static SequencePlan Of(Trim kept, int frames, RemainderPolicy remainder)
    {
        if (kept.Count < frames)
        {
            return new SequencePlan([[.. Enumerable.Range(0, frames).Select(i => kept.First + ZResample.Position(i, frames, kept.Count))]], Resampled: true, Unused: 0);
        }

        var starts = Enumerable.Range(0, kept.Count / frames).Select(i => i * frames).ToList();
        var rest = kept.Count % frames;
        if (rest > 0 && remainder == RemainderPolicy.Overlap)
        {
            starts.Add(kept.Count - frames);
            rest = 0;
        }

        return new SequencePlan([.. starts.Select(s => (IReadOnlyList<double>)[.. Enumerable.Range(kept.First + s, frames).Select(i => (double)i)])], Resampled: false, rest);
    }
}
