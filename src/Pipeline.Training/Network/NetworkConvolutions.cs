using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;

namespace MhdNet.Training.Network;

/// <summary>
/// All convolutions of the networks that some options define, each once, on few voxels: for the self-test. A test holds the list against
/// the networks.
/// </summary>
internal static class NetworkConvolutions
{
    private const int Frames = 3, Height = 5, Width = 6; // odd and even, smaller than a kernel of 7

    /// <summary>
    /// The list, for batches of two samples; of one sample only where the kernel is larger than 3: torch computes other small
    /// convolutions of one sample itself, without oneDNN.
    /// </summary>
    public static IReadOnlyList<ConvolutionCase> Of(MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. Of(options, 2).Concat(Of(options, 1).Where(each => each.Weight[^1] > 3)).DistinctBy(each => each.Name)];
    }

    private static IEnumerable<ConvolutionCase> Of(MhdOptions options, int samples)
    {
        var stages = StageShape.Of(options);
        return
        [
            .. Stem(1, options.Width, samples), .. Stem(3, options.Width, samples),
            .. Enumerable.Range(1, 4).SelectMany(stage => Blocks(stages, stage, samples)),
            .. stages.Take(3).SelectMany(stage => options.Fusion == Fusion.Shfm ? Shfm(stage, options, samples) : [Pointwise(2 * stage.Channels, stage.Channels, samples)]),
            .. stages.Take(3).Select(stage => Pointwise(stage.Channels, stage.Channels, samples)), // con_s
        ];
    }

    /// <summary>Without a gradient, and in training (<see cref="StemConvolution"/>).</summary>
    private static ConvolutionCase[] Stem(int channels, int width, int samples) =>
    [
        new([samples, channels, Frames, 13, 13], [width, channels, 7, 7, 7], new ConvolutionForm([1, 2, 2], [3, 3, 3]), OfData: true),
        new([samples * Frames, 7 * channels, 13, 13], [width, 7 * channels, 7, 7], new ConvolutionForm([2, 2], [3, 3]), OfData: true),
    ];

    private static ConvolutionCase[] Blocks(IReadOnlyList<StageShape> stages, int stage, int samples)
    {
        var (into, channels) = (stages[Math.Max(0, stage - 2)].Channels, stages[stage - 1].Channels);
        var same = Cube(channels, channels, 3, 1, samples);
        return stage == 1 ? [same] : [Cube(into, channels, 3, 2, samples), Cube(into, channels, 1, 2, samples), same];
    }

    private static ConvolutionCase[] Shfm(StageShape stage, MhdOptions options, int samples)
    {
        var (c, edge, gates) = (stage.Channels, options.AttentionKernel, stage.Frames + 1);
        var fused = c + (stage.Frames * c / options.Reduction);
        return
        [
            Pointwise(c, c, samples), Pointwise(c, c / options.Reduction, samples), Cube(fused, fused, 1, 1, samples), Pointwise(fused, c, samples),
            new([1, samples * c, Frames, Height, Width], [samples * gates, c, edge, edge, edge], ConvolutionForm.Cubic(1, edge / 2, groups: samples)),
        ];
    }

    private static ConvolutionCase Pointwise(int inputs, int outputs, int samples) => Cube(inputs, outputs, 1, 1, samples) with { Bias = true };

    private static ConvolutionCase Cube(int inputs, int outputs, int edge, int stride, int samples) => new(
        [samples, inputs, Frames, Height, Width], [outputs, inputs, edge, edge, edge], ConvolutionForm.Cubic(stride, edge / 2));
}
