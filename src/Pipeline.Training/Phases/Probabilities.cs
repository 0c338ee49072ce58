using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>Logits to probabilities.</summary>
internal static class Probabilities
{
    /// <summary>Softmax in double precision: [N, K+1] → [N][K+1], each row adding up to 1.</summary>
    public static double[][] Of(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var rows = nn.functional.softmax(logits.to(ScalarType.Float64).cpu(), 1);
        return [.. rows.data<double>().ToArray().Chunk((int)rows.shape[1])];
    }
}
