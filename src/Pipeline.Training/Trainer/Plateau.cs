using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>
/// The learning rate of an epoch, PyTorch's ReduceLROnPlateau (mode min, absolute threshold, no cool-down): multiplied by a factor once the deciding loss was not lower
/// for more epochs than the patience. A function of the finished epochs, so a resumed run needs no state of its own for it.
/// </summary>
public static class Plateau
{
    /// <summary>The learning rate of the epoch after these.</summary>
    public static double LearningRate(MhdOptions options, IReadOnlyList<MetricsRow> rows)
    {
        var (rate, lowest, waited) = (options.LearningRate, double.PositiveInfinity, 0);
        foreach (var row in options.PlateauPatience > 0 ? rows : [])
        {
            (lowest, waited) = row.DecidingLoss < lowest - options.PlateauMinDelta ? (row.DecidingLoss, 0) : (lowest, waited + 1);
            if (waited > options.PlateauPatience)
            {
                (rate, waited) = (Math.Max(rate * options.PlateauFactor, options.PlateauMinLearningRate), 0);
            }
        }

        return rate;
    }
}
