using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ct;

/// <summary>What will be made of a series, decided from its headers alone.</summary>
/// <param name="Stack">The ordered slices.</param>
/// <param name="Places">Where the frames of each sequence lie, as fractional indices in the stack.</param>
/// <param name="Source">For the manifest.</param>
public sealed record SeriesPlan(SliceStack Stack, IReadOnlyList<IReadOnlyList<double>> Places, CtSource Source)
{
    /// <summary>Chooses, orders, makes regular, trims and cuts; or refuses the series with a reason.</summary>
    public static Reading<SeriesPlan> Of(IReadOnlyList<SliceHeader> headers, CtSettings settings)
    {
        var choice = SeriesRules.Choose(headers, settings);
        if (!choice.Ok)
        {
            return new(null, choice.Reason);
        }

        var stack = SliceOrder.Sort(choice.Value.Slices);
        if (StackRules.Refusal(stack, settings) is { } reason)
        {
            return new(null, reason);
        }

        var grid = StackGrid.Of(stack, settings);
        var kept = Trim.Of(grid.Count, settings.TrimSuperior, settings.TrimInferior);
        var sequences = SequencePlan.Of(kept, settings.Frames, settings.Remainder);
        IReadOnlyList<double>[] places = [.. sequences.Windows.Select(window => (IReadOnlyList<double>)[.. window.Select(frame => ZResample.At(grid, frame))])];
        return new(new SeriesPlan(stack, places, SourceOf(headers, stack, grid, kept, sequences, places, choice.Value.Notes, settings)), null);
    }

    /// <summary>The slices between which the frames of a sequence lie, in order.</summary>
    public IReadOnlyList<int> SlicesOf(int sequence) =>
        [.. Places[sequence].SelectMany(place => new[] { (int)Math.Floor(place), (int)Math.Ceiling(place) }).Distinct().Order()];

    /// <summary>Where the frames of a sequence came from.</summary>
    public IReadOnlyList<CtFrame> FramesOf(int sequence)
    {
        double[] z = [.. Stack.Slices.Select(slice => slice.ZMm)];
        return [.. Places[sequence].Select(place => new CtFrame(Math.Round(place, 4), Math.Round(ZResample.At(z, place), 4)))];
    }

    /// <summary>How far a slice is to be moved in its plane so that it lies straight under the middle one, in columns and rows.</summary>
    public (double Columns, double Rows) ShiftOf(int slice)
    {
        if (!Source.Sheared)
        {
            return (0, 0);
        }

        var (row, column) = StackShear.Offset(Stack.Slices[slice].Header, Stack.Slices[(Source.KeptFirst + Source.KeptLast) / 2].Header);
        return (row / Source.ColumnSpacingMm, column / Source.RowSpacingMm);
    }

    private static CtSource SourceOf(
        IReadOnlyList<SliceHeader> headers, SliceStack stack, IReadOnlyList<double> grid, Trim kept, SequencePlan sequences, IReadOnlyList<double>[] places, IReadOnlyList<string> choiceNotes, CtSettings settings)
    {
        var first = stack.Slices[0].Header;
        var (from, to) = ((int)Math.Floor(grid[kept.First]), (int)Math.Ceiling(grid[kept.First + kept.Count - 1]));
        var shear = StackShear.Of(stack.Slices);
        var sheared = shear.Degrees > StackNotes.NoticeableDegrees && settings.GantryTilt == GeometryPolicy.Resample;
        var spacing = stack.Spacing with
        {
            Median = Math.Round(stack.Spacing.Median, 4),
            Smallest = Math.Round(stack.Spacing.Smallest, 4),
            Largest = Math.Round(stack.Spacing.Largest, 4),
        };
        return new CtSource(
            first.SeriesInstanceUid, headers.Select(h => h.Path).Distinct().Count(), stack.Slices.Count, stack.Duplicates, from, to, sequences.Unused, first.Rows, first.Columns,
            first.PixelSpacing!.Value.Row, first.PixelSpacing.Value.Column, Math.Round(first.Orientation!.Value.TiltDegrees, 2),
            new StackShear(Math.Round(shear.RowMm, 4), Math.Round(shear.ColumnMm, 4)), spacing, settings.Size, sequences.Resampled, settings.Remainder,
            places.Sum(window => window.Count(place => place != Math.Floor(place))), sheared, new HuWindow(settings.WindowLow, settings.WindowHigh),
            [.. stack.Slices.Skip(from).Take(to - from + 1).Select(slice => Uid(slice.Header))],
            [.. choiceNotes, .. StackNotes.Of(stack, grid.Count, sheared, sequences.Resampled ? kept.Count : null, settings)]);
    }

    private static string Uid(SliceHeader slice) => slice.Frames == 1 ? slice.SopInstanceUid : $"{slice.SopInstanceUid}#{slice.Frame + 1}";
}
