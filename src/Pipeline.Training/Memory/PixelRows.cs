using static TorchSharp.torch;

namespace MhdNet.Training.Memory;

/// <summary>Features as the memory sees them: one row a spatial pixel, with channels and frames merged.</summary>
public static class PixelRows
{
    /// <summary>[N,C,T,H,W] → [N, H*W, C*T]: row j is row*W + column, entry d is channel*T + frame.</summary>
    public static Tensor Of(Tensor features) => features.flatten(3).flatten(1, 2).transpose(1, 2);

    /// <summary>The inverse: [N, H*W, C*T] → the shape of the given features.</summary>
    public static Tensor ToFeatures(Tensor rows, Tensor like) => rows.transpose(1, 2).reshape(like.shape);
}
