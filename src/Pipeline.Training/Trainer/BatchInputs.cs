namespace MhdNet.Training.Trainer;

/// <summary>Looks for inputs that no network can learn from.</summary>
public static class BatchInputs
{
    private const float Bound = 1.0001f; // scaled to [-1, 1] (FrameNorm), with room for rounding

    /// <summary>One sentence for each sequence that is not finite, out of range or the same everywhere, with its name.</summary>
    public static IReadOnlyList<string> Problems(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var problems = new List<string>();
        var voxels = batch.Shape.Frames * batch.Shape.Height * batch.Shape.Width;
        var paired = 0;
        for (var sample = 0; sample < batch.Count; sample++)
        {
            Look(batch.Ct.AsSpan(sample * voxels, voxels), $"CT sequence {batch.Names[sample]}", problems);
            if (batch.HasPathology[sample])
            {
                Look(batch.Wsi.AsSpan(paired * 3 * voxels, 3 * voxels), $"the slide sequence that is paired with {batch.Names[sample]}", problems);
                paired++;
            }
        }

        return problems;
    }

    private static void Look(ReadOnlySpan<float> values, string name, List<string> problems)
    {
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                problems.Add($"{name} holds values that are not finite");
                return;
            }

            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        if (least < -Bound || most > Bound)
        {
            problems.Add(FormattableString.Invariant($"{name} holds values from {least} to {most}, outside -1 to 1"));
        }
        else if (least == most)
        {
            problems.Add(FormattableString.Invariant($"{name} is the same everywhere ({least})"));
        }
    }
}
