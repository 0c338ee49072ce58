namespace MhdNet.Ingest.Ct;

/// <summary>Which slices make which sequence.</summary>
/// <param name="Windows">Each sequence's slices, as indices in the ordered series before trimming.</param>
/// <param name="Resampled">Whether there are fewer slices than frames: one window of all slices, to be resampled along z.</param>
/// <param name="Unused">Kept slices in no sequence.</param>
public sealed record SequencePlan(IReadOnlyList<IReadOnlyList<int>> Windows, bool Resampled, int Unused)
{
    /// <summary>Cuts the kept slices into consecutive windows of <paramref name="frames"/>.</summary>
    public static SequencePlan Of(Trim kept, int frames, RemainderPolicy remainder)
    {
        if (kept.Count < frames)
        {
            return new SequencePlan([[.. Enumerable.Range(kept.First, kept.Count)]], Resampled: true, Unused: 0);
        }

        var starts = Enumerable.Range(0, kept.Count / frames).Select(i => i * frames).ToList();
        var rest = kept.Count % frames;
        if (rest > 0 && remainder == RemainderPolicy.Overlap)
        {
            starts.Add(kept.Count - frames);
            rest = 0;
        }

        return new SequencePlan([.. starts.Select(s => (IReadOnlyList<int>)[.. Enumerable.Range(kept.First + s, frames)])], Resampled: false, rest);
    }
}
