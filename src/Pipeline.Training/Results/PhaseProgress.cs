namespace MhdNet.Training.Results;

/// <summary>How far a phase has come; part of its checkpoint.</summary>
/// <param name="Phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
/// <param name="Rows">One for each finished epoch. The learning rate and the early end follow from them alone.</param>
/// <param name="Best">The best epoch so far.</param>
public sealed record PhaseProgress(string Phase, IReadOnlyList<MetricsRow> Rows, BestEpoch? Best)
{
    /// <summary>Finished epochs.</summary>
    public int Epochs => Rows.Count;

    /// <summary>How far the epoch after the finished ones is; null at its beginning.</summary>
    public EpochPosition? Position { get; init; }

    /// <summary>Steps with a loss that is not finite since the last finite one.</summary>
    public int NonFiniteInARow { get; init; }

    /// <summary>A phase not begun.</summary>
    public static PhaseProgress None(string phase) => new(phase, [], null);

    /// <summary>The progress after one more epoch.</summary>
    public PhaseProgress With(MetricsRow row)
    {
        var epoch = new BestEpoch(row.Epoch, row.ValidationMAcc, row.DecidingLoss);
        return new PhaseProgress(Phase, [.. Rows, row], epoch.Beats(Best) ? epoch : Best);
    }
}
