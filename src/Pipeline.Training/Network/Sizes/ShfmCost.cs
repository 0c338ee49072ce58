using MhdNet.Training.Options;

namespace MhdNet.Training.Network.Sizes;

/// <summary>What SHFM of one stage costs a sample.</summary>
/// <param name="MultiplyAdds">As it is computed here: convolutions over c channels with weights of the sample's own.</param>
/// <param name="Attention">The part of them that gives the gates.</param>
/// <param name="PrintedAttention">The same as the paper prints it: a convolution over the t·κ² channels of C.</param>
/// <param name="CorrelationElements">Numbers in C, which is never formed here.</param>
public sealed record ShfmCost(long MultiplyAdds, long Attention, long PrintedAttention, long CorrelationElements)
{
    /// <summary>Counts.</summary>
    public static ShfmCost Of(StageShape stage, MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(options);
        long c = stage.Channels, t = stage.Frames, voxels = t * stage.Pixels;
        long kernel = (long)options.Kappa * options.Kappa, pooled = t * kernel, cube = (long)options.AttentionKernel * options.AttentionKernel * options.AttentionKernel;
        var fused = c + (t * c / options.Reduction);
        var attention = (c * pooled * (t + 1) * cube) + (c * (t + 1) * cube * voxels);
        var kernels = (c * pooled * kernel) + (c * kernel * voxels);
        var projections = (c * c * voxels) + (c * c * pooled) + (c * (c / options.Reduction) * voxels);
        var mixing = (fused * fused * voxels) + (fused * kernel * voxels) + (fused * c * voxels);
        return new ShfmCost(attention + kernels + projections + mixing, attention, pooled * (t + 1) * cube * voxels, pooled * voxels);
    }
}
