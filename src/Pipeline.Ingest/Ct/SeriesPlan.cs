using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ct;

/// <summary>What will be made of a series, decided from its headers alone.</summary>
/// <param name="Stack">The ordered slices.</param>
/// <param name="Sequences">Which slices make which sequence.</param>
/// <param name="Source">For the manifest.</param>
public sealed record SeriesPlan(SliceStack Stack, SequencePlan Sequences, CtSource Source)
{
    /// <summary>Chooses, orders, trims and cuts; or refuses the series with a reason.</summary>
    public static Reading<SeriesPlan> Of(IReadOnlyList<SliceHeader> headers, CtSettings settings)
    {
        var choice = SeriesRules.Choose(headers, settings);
        if (!choice.Ok)
        {
            return new(null, choice.Reason);
        }

        var stack = SliceOrder.Sort(choice.Value.Slices);
        if (SeriesRules.Refusal(stack, settings) is { } reason)
        {
            return new(null, reason);
        }

        var kept = Trim.Of(stack.Slices.Count, settings.TrimSuperior, settings.TrimInferior);
        var sequences = SequencePlan.Of(kept, settings.Frames, settings.Remainder);
        return new(new SeriesPlan(stack, sequences, SourceOf(headers.Count, stack, kept, sequences, choice.Value.Notes, settings)), null);
    }

    /// <summary>Where the frames of a sequence came from.</summary>
    public IReadOnlyList<CtFrame> FramesOf(int sequence, int frames)
    {
        var window = Sequences.Windows[sequence];
        double[] z = [.. window.Select(i => Math.Round(Stack.Slices[i].ZMm, 4))];
        return Sequences.Resampled
            ? [.. Enumerable.Range(0, frames).Select(i => ZResample.Position(i, frames, window.Count)).Select(p => new CtFrame(Math.Round(window[0] + p, 4), Math.Round(ZResample.At(z, p), 4)))]
            : [.. window.Zip(z, (slice, mm) => new CtFrame(slice, mm))];
    }

    private static CtSource SourceOf(int files, SliceStack stack, Trim kept, SequencePlan sequences, IReadOnlyList<string> choiceNotes, CtSettings settings)
    {
        var first = stack.Slices[0].Header;
        var tilt = Math.Round(first.Orientation!.Value.TiltDegrees, 2);
        var notes = new List<string>(choiceNotes);
        if (stack.Duplicates > 0)
        {
            notes.Add($"{stack.Duplicates} files left out: the same image or position as another");
        }

        if (stack.Spacing.Gaps > 0)
        {
            notes.Add(FormattableString.Invariant($"about {stack.Spacing.Missing} slices missing in {stack.Spacing.Gaps} gaps of up to {stack.Spacing.Largest:0.##} mm"));
        }

        if (tilt > 1)
        {
            notes.Add(FormattableString.Invariant($"tilted by {tilt:0.#} degrees; frames are the tilted slices"));
        }

        if (sequences.Resampled)
        {
            notes.Add($"{kept.Count} kept slices resampled along z to {settings.Frames} frames");
        }

        var spacing = stack.Spacing with
        {
            Median = Math.Round(stack.Spacing.Median, 4),
            Smallest = Math.Round(stack.Spacing.Smallest, 4),
            Largest = Math.Round(stack.Spacing.Largest, 4),
        };
        return new CtSource(
            first.SeriesInstanceUid, files, stack.Slices.Count, stack.Duplicates, kept.First, kept.First + kept.Count - 1, sequences.Unused, first.Rows, first.Columns,
            first.PixelSpacing!.Value.Row, first.PixelSpacing.Value.Column, tilt, spacing, settings.Size, sequences.Resampled, settings.Remainder, notes);
    }
}
