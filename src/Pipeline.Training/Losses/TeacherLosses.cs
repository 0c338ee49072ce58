using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Losses;

/// <summary>The teacher's losses of a batch (eq. 10). Where no sample has pathology, all but <see cref="Radiology"/> are null and count as 0.</summary>
/// <param name="Radiology">Cross entropy of the radiology branch over all samples.</param>
/// <param name="Pathology">Cross entropy of the pathology branch over the samples with pathology.</param>
/// <param name="Fusion">Cross entropy of the fusion branch over the samples with pathology.</param>
/// <param name="Conmb">Contrastive memory boosting.</param>
/// <param name="Total">What is minimised.</param>
public sealed record TeacherLosses(Tensor Radiology, Tensor? Pathology, Tensor? Fusion, Tensor? Conmb, Tensor Total)
{
    /// <summary>Shows the memory the batch, then forms the losses from the updated memory.</summary>
    /// <param name="output">The teacher's output in training mode.</param>
    /// <param name="memory">Changed: eq. 5-6.</param>
    /// <param name="labels">[N].</param>
    /// <param name="hasPathology">[N].</param>
    /// <param name="options">Weights of the losses.</param>
    public static TeacherLosses Of(TeacherOutput output, TypingMemory memory, long[] labels, IReadOnlyList<bool> hasPathology, MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(memory);
        var radiology = WeightedCrossEntropy.Of(output.Radiology.Logits, labels, options);
        if (output.Pathology is not { } pathology || output.Fusion is not { } fusion)
        {
            return new TeacherLosses(radiology, null, null, null, radiology);
        }

        long[] types = [.. labels.Where((_, sample) => hasPathology[sample])];
        memory.Update(pathology.Stages, types);
        var ceP = WeightedCrossEntropy.Of(pathology.Logits, types, options);
        var ceF = WeightedCrossEntropy.Of(fusion.Logits, types, options);
        var conmb = ConmbLoss.Of(memory, pathology.Stages, options.ReadTemperature);
        return new TeacherLosses(radiology, ceP, ceF, conmb, radiology + ceP + ceF + (conmb * options.AlphaConmb));
    }
}
