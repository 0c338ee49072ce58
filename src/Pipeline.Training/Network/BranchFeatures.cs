using static TorchSharp.torch;

namespace MhdNet.Training.Network;

/// <summary>What a branch computes of a batch.</summary>
/// <param name="Stages">Features of stages 1 to 3, [N, c_s, t_s, h_s, w_s].</param>
/// <param name="Logits">[N, K+1].</param>
public sealed record BranchFeatures(IReadOnlyList<Tensor> Stages, Tensor Logits);
