using static TorchSharp.torch;

namespace MhdNet.Training.Network;

/// <summary>The samples of a batch that have pathology.</summary>
public static class PairedSamples
{
    /// <summary>Rows of tensors [N, …] whose sample has pathology, in batch order: [P, …]. The tensors themselves where all have.</summary>
    public static IReadOnlyList<Tensor> Select(IReadOnlyList<Tensor> tensors, IReadOnlyList<bool> hasPathology)
    {
        if (hasPathology.All(has => has))
        {
            return tensors;
        }

        long[] rows = [.. Enumerable.Range(0, hasPathology.Count).Where(i => hasPathology[i])];
        using var index = tensor(rows, device: tensors[0].device);
        return [.. tensors.Select(t => t.index_select(0, index))];
    }

    /// <summary>Rows of one tensor.</summary>
    public static Tensor Select(Tensor all, IReadOnlyList<bool> hasPathology) => Select([all], hasPathology)[0];
}
