namespace MhdNet.Training.Results;

/// <summary>The epoch whose checkpoint is kept as <c>best</c>.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="MAcc">Validation accuracy; null without validation sequences.</param>
/// <param name="Loss">Validation loss, or the training loss without validation sequences.</param>
public sealed record BestEpoch(int Epoch, double? MAcc, double Loss)
{
    /// <summary>Whether this epoch is better than an earlier one: higher accuracy, equal accuracies by lower loss. A loss that is not a number is never better.</summary>
    public bool Beats(BestEpoch? earlier) =>
        earlier is null || (MAcc ?? 0) > (earlier.MAcc ?? 0) || ((MAcc ?? 0) == (earlier.MAcc ?? 0) && Loss < earlier.Loss);
}
