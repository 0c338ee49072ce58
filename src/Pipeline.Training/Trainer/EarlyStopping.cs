using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>Whether a phase has learned what it will: a function of its finished epochs.</summary>
public static class EarlyStopping
{
    /// <summary>Whether the deciding loss was not lower than the lowest before, by more than the least difference, for as many epochs in a row as the patience.</summary>
    public static bool Reached(MhdOptions options, IReadOnlyList<MetricsRow> rows)
    {
        var (lowest, waited) = (double.PositiveInfinity, 0);
        foreach (var row in rows)
        {
            (lowest, waited) = row.DecidingLoss < lowest - options.EarlyStoppingMinDelta ? (row.DecidingLoss, 0) : (lowest, waited + 1);
        }

        return options.EarlyStoppingPatience > 0 && waited >= options.EarlyStoppingPatience;
    }
}
