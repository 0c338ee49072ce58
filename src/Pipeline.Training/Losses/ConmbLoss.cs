using MhdNet.Training.Memory;
using static TorchSharp.torch;

namespace MhdNet.Training.Losses;

/// <summary>
/// Contrastive memory boosting (eq. 7-9): each stage's pathology features should be rebuilt well from that stage's bank and badly from the other two. The
/// gradient flows into the features, as target and as query; none flows into the banks or the stages' weights.
/// </summary>
public static class ConmbLoss
{
    /// <summary>The loss of a batch.</summary>
    /// <param name="memory">The updated memory.</param>
    /// <param name="pathology">Stages 1 to 3, [P, c_s, t_s, h_s, w_s].</param>
    /// <param name="temperature">Of the softmax over the items (eq. 7).</param>
    /// <returns>A scalar; zero where no type was seen.</returns>
    public static Tensor Of(TypingMemory memory, IReadOnlyList<Tensor> pathology, double temperature)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (!memory.Banks.All(bank => bank.Seen.Contains(true)))
        {
            return zeros(1, dtype: pathology[0].dtype, device: pathology[0].device).sum();
        }

        var tables = memory.Banks.Select(bank => bank.Table()).ToArray();
        var ratios = new Tensor[3];
        var doubts = new Tensor[3];
        for (var stage = 0; stage < 3; stage++)
        {
            var rows = PixelRows.Of(pathology[stage]);
            var queries = Cosine.Unit(rows);
            var rebuilt = tables.Select(table => Rebuild(queries, table.Items, table.Units, temperature)).ToArray();
            var errors = rebuilt.Select(r => nn.functional.mse_loss(r, rows)).ToArray();
            var negatives = Enumerable.Range(0, 3).Where(other => other != stage).Select(other => errors[other]).ToArray();
            ratios[stage] = errors[stage] / (negatives[0] + negatives[1] + 1e-8);
            doubts[stage] = Doubt(rebuilt[stage], rows);
        }

        using var noGrad = no_grad();
        var eta = nn.functional.softmax(stack(doubts), 0);
        using var grad = enable_grad();
        return (eta * stack(ratios)).sum();
    }

    /// <summary>Eq. 7-8: items weighted by the softmax of their cosines with each query.</summary>
    /// <param name="queries">Unit rows [P, J, D].</param>
    /// <param name="items">[m, D].</param>
    /// <param name="units">[m, D], the items with length 1.</param>
    /// <param name="temperature">Divides the cosines.</param>
    /// <returns>[P, J, D].</returns>
    internal static Tensor Rebuild(Tensor queries, Tensor items, Tensor units, double temperature) =>
        matmul(nn.functional.softmax(matmul(queries, units.t()) / temperature, -1), items);

    /// <summary>1 - the mean over samples of the cosine between the flattened features and what was rebuilt of them; no gradient.</summary>
    private static Tensor Doubt(Tensor rebuilt, Tensor rows)
    {
        using var noGrad = no_grad();
        return 1 - (Cosine.Unit(rebuilt.flatten(1)) * Cosine.Unit(rows.flatten(1))).sum(1).mean();
    }
}
