using static TorchSharp.torch;

namespace MhdNet.Training.Memory;

/// <summary>cos(a,b) = (a / max(|a|, 1e-8)) · (b / max(|b|, 1e-8)), so that the cosine with a zero vector is 0.</summary>
internal static class Cosine
{
    /// <summary>Rows of length 1: [.., D] → [.., D]. Products of such rows are cosines.</summary>
    public static Tensor Unit(Tensor rows) => nn.functional.normalize(rows, dim: -1, eps: 1e-8);
}
