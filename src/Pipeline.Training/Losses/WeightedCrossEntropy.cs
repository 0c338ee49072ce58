using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Losses;

/// <summary>The cross entropy of every branch, with the options' class weights.</summary>
internal static class WeightedCrossEntropy
{
    /// <summary>sum(w_y * -log softmax(z)_y) / sum(w_y) over the samples; the plain mean without class weights.</summary>
    /// <param name="logits">[N, K+1].</param>
    /// <param name="labels">[N].</param>
    /// <param name="options">Class weights.</param>
    public static Tensor Of(Tensor logits, long[] labels, MhdOptions options)
    {
        var target = tensor(labels, device: logits.device);
        return options.ClassWeights.Count == 0
            ? nn.functional.cross_entropy(logits, target)
            : nn.functional.cross_entropy(logits, target, tensor([.. options.ClassWeights.Select(weight => (float)weight)], dtype: logits.dtype, device: logits.device));
    }
}
