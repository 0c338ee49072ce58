namespace MhdNet.Training.Results;

/// <summary>One epoch of one phase.</summary>
/// <param name="Phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Losses">Means over the epoch's samples, by the phase's names; <c>loss</c> is their sum. Batches whose loss was not finite are left out.</param>
/// <param name="ValidationMAcc">Validation accuracy; null without validation sequences.</param>
/// <param name="ValidationLoss">Validation cross entropy; null without validation sequences.</param>
/// <param name="Seconds">Training and validation of the epoch.</param>
/// <param name="Sequences">CT sequences trained on.</param>
/// <param name="SequencesPerSecond">Trained sequences over <paramref name="Seconds"/>.</param>
/// <param name="Unreadable">Files that could not be read.</param>
/// <param name="NonFinite">Batches whose loss was not finite.</param>
public sealed record MetricsRow(
    string Phase, int Epoch, IReadOnlyDictionary<string, double> Losses, double? ValidationMAcc, double? ValidationLoss,
    double Seconds, int Sequences, double SequencesPerSecond, int Unreadable, int NonFinite)
{
    /// <summary>Adam's step size in the epoch.</summary>
    public double LearningRate { get; init; }

    /// <summary>When the epoch was through (UTC).</summary>
    public DateTimeOffset Finished { get; init; }

    /// <summary>The loss that early stopping, the learning rate and a draw between two epochs go by: that of validation, or of training without validation sequences.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double DecidingLoss => ValidationLoss ?? Losses.GetValueOrDefault("loss", double.MaxValue);
}
