using MhdNet.Training.Network;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Losses;

/// <summary>The student's losses of a batch (eq. 14). Where no sample has pathology, only the cross entropy counts.</summary>
/// <param name="CrossEntropy">Over all samples.</param>
/// <param name="Features">Over the samples with pathology, or null.</param>
/// <param name="Logits">Over the samples with pathology, or null.</param>
/// <param name="Total">What is minimised.</param>
public sealed record StudentLosses(Tensor CrossEntropy, Tensor? Features, Tensor? Logits, Tensor Total)
{
    /// <summary>Forms the losses.</summary>
    /// <param name="student">Holds con_s.</param>
    /// <param name="output">The student's output of all samples.</param>
    /// <param name="teacher">The frozen teacher's fusion branch of the samples with pathology, or null.</param>
    /// <param name="labels">[N].</param>
    /// <param name="hasPathology">[N].</param>
    /// <param name="options">Weights of the losses.</param>
    public static StudentLosses Of(Student student, BranchFeatures output, BranchFeatures? teacher, long[] labels, IReadOnlyList<bool> hasPathology, MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(output);
        var crossEntropy = WeightedCrossEntropy.Of(output.Logits, labels, options);
        if (teacher is null)
        {
            return new StudentLosses(crossEntropy, null, null, crossEntropy);
        }

        var features = DistillationLoss.Features(student, teacher.Stages, PairedSamples.Select(output.Stages, hasPathology));
        var logits = DistillationLoss.Logits(teacher.Logits, PairedSamples.Select(output.Logits, hasPathology), options.Tau);
        return new StudentLosses(crossEntropy, features, logits, crossEntropy + (features * options.AlphaMse) + (logits * options.AlphaKl));
    }
}
