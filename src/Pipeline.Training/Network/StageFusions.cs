using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Network;

/// <summary>Makes what fuses two modalities in stages 1 to 3.</summary>
internal static class StageFusions
{
    /// <summary>Three modules [N, c_s, t_s, h_s, w_s] x2 → the same shape, with fresh weights.</summary>
    public static nn.Module<Tensor, Tensor, Tensor>[] Make(MhdOptions options, Device device) => [.. StageShape.Of(options).Take(3).Select(stage => Make(stage, options, device))];

    /// <summary>Their name in a checkpoint.</summary>
    /// <param name="options">Tell which they are.</param>
    /// <param name="stage">1 to 3.</param>
    public static string NameOf(MhdOptions options, int stage) => (options.Fusion == Fusion.Shfm ? "shfm" : "concat") + stage;

    private static nn.Module<Tensor, Tensor, Tensor> Make(StageShape stage, MhdOptions options, Device device) => options.Fusion switch
    {
        Fusion.Shfm => new Shfm(stage, options.Kappa, options.AttentionKernel, options.Reduction, device),
        Fusion.Concatenation => new Concatenation(stage, device),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Fusion, "not a fusion"),
    };
}
