namespace MhdNet.Training.Arithmetic;

/// <summary>What the self-test looks at.</summary>
/// <param name="Name">Whose operations they are: <c>preset tiny</c>.</param>
/// <param name="Convolutions">Those that may need their channels filled up.</param>
/// <param name="Others">All others.</param>
public sealed record Operations(string Name, IReadOnlyList<ConvolutionCase> Convolutions, IReadOnlyList<Operation> Others)
{
    /// <summary>
    /// Convolutions of every kind whose channels end within a block, fill it, and go beyond it: what is looked at where no network is
    /// named.
    /// </summary>
    public static Operations Any { get; } = new("convolutions of every kind", [.. Cases()], []);

    private static IEnumerable<ConvolutionCase> Cases()
    {
        var same = ConvolutionForm.Cubic(1, 1);
        foreach (var (inputs, outputs) in new (long, long)[] { (1, 8), (8, 8), (8, 16), (16, 16), (20, 20), (24, 40), (64, 13) })
        {
            yield return new ConvolutionCase([2, inputs, 3, 6, 7], [outputs, inputs, 3, 3, 3], same);
        }

        yield return new ConvolutionCase([2, 21, 13, 13], [8, 21, 7, 7], new ConvolutionForm([2, 2], [3, 3]), OfData: true);
        yield return new ConvolutionCase([1, 2 * 20, 3, 6, 7], [2 * 13, 20, 3, 3, 3], ConvolutionForm.Cubic(1, 1, groups: 2));
        yield return new ConvolutionCase([2, 24, 3, 6, 7], [20, 24, 1, 1, 1], ConvolutionForm.Cubic(1, 0), Bias: true);
    }
}
