namespace MhdNet.Training.Results;

/// <summary>How far a phase has come; part of its checkpoint.</summary>
/// <param name="Phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
/// <param name="Rows">One for each finished epoch.</param>
/// <param name="Best">The best epoch so far.</param>
public sealed record PhaseProgress(string Phase, IReadOnlyList<MetricsRow> Rows, BestEpoch? Best)
{
    /// <summary>Finished epochs.</summary>
    public int Epochs => Rows.Count;

    /// <summary>A phase not begun.</summary>
    public static PhaseProgress None(string phase) => new(phase, [], null);

    /// <summary>The progress after one more epoch.</summary>
    public PhaseProgress With(MetricsRow row)
    {
        var epoch = new BestEpoch(row.Epoch, row.ValidationMAcc, row.ValidationLoss ?? row.Losses.GetValueOrDefault("loss", double.MaxValue));
        return new PhaseProgress(Phase, [.. Rows, row], epoch.Beats(Best) ? epoch : Best);
    }
}
