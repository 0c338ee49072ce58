using System.Globalization;

namespace MhdNet.Training.Options;

/// <summary>What the options of the training's course must satisfy: learning rate, early end, clipping and class weights.</summary>
internal static class TrainingRules
{
    /// <summary>One sentence for each problem.</summary>
    public static IEnumerable<string> Check(MhdOptions o) => [.. Numbers(o), .. Contradictions(o), .. Weights(o)];

    private static IEnumerable<string> Numbers(MhdOptions o)
    {
        (string Name, double Value, bool Good, string Rule)[] rules =
        [
            ("plateau_patience", o.PlateauPatience, o.PlateauPatience >= 0, "0 (never) or above"),
            ("plateau_factor", o.PlateauFactor, o.PlateauFactor is > 0 and < 1, "above 0 and below 1"),
            ("plateau_min_delta", o.PlateauMinDelta, o.PlateauMinDelta is >= 0 and < double.PositiveInfinity, "at least 0"),
            ("plateau_min_learning_rate", o.PlateauMinLearningRate, o.PlateauMinLearningRate == 0 || (o.PlateauMinLearningRate > 0 && o.PlateauMinLearningRate < o.LearningRate), "at least 0 and below learning_rate"),
            ("early_stopping_patience", o.EarlyStoppingPatience, o.EarlyStoppingPatience >= 0, "0 (never) or above"),
            ("early_stopping_min_delta", o.EarlyStoppingMinDelta, o.EarlyStoppingMinDelta is >= 0 and < double.PositiveInfinity, "at least 0"),
            ("gradient_clip", o.GradientClip, o.GradientClip is >= 0 and < double.PositiveInfinity, "0 (no limit) or above"),
        ];
        return rules.Where(r => !r.Good).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Name} is {r.Value}; it must be {r.Rule}."));
    }

    private static IEnumerable<string> Contradictions(MhdOptions o)
    {
        if (o.PlateauPatience > 0 && o.EarlyStoppingPatience > 0 && o.EarlyStoppingPatience <= o.PlateauPatience + 1)
        {
            yield return $"early_stopping_patience is {o.EarlyStoppingPatience} and plateau_patience {o.PlateauPatience}, so training would end before a lower learning rate is tried; early_stopping_patience must be above {o.PlateauPatience + 1}, or one of the two 0.";
        }

        if (o.EarlyStoppingPatience == 0 && o.EarlyStoppingMinDelta > 0)
        {
            yield return "early_stopping_min_delta is given, but early_stopping_patience is 0, which turns early stopping off; give both or neither.";
        }

        if (o.PlateauPatience == 0 && (o.PlateauMinDelta > 0 || o.PlateauMinLearningRate > 0))
        {
            yield return "plateau_min_delta or plateau_min_learning_rate is given, but plateau_patience is 0, which leaves the learning rate as it is; give plateau_patience too, or neither.";
        }

        if (o.BalanceClasses && o.ClassWeights.Count > 0)
        {
            yield return "balance_classes and class_weights are both given; balance_classes computes the weights, so give one of the two.";
        }
    }

    private static IEnumerable<string> Weights(MhdOptions o)
    {
        var shown = string.Join(", ", o.ClassWeights.Select(weight => weight.ToString(CultureInfo.InvariantCulture)));
        if (o.ClassWeights.Any(weight => !(weight > 0 && double.IsFinite(weight))))
        {
            yield return $"class_weights is [{shown}]; every weight must be above 0.";
        }

        if (o.ClassWeights.Count > 0 && o.Types.Count > 0 && o.ClassWeights.Count != o.Types.Count + 1)
        {
            yield return $"class_weights is [{shown}], {o.ClassWeights.Count} numbers; it must be {o.Types.Count + 1}: one for each of {string.Join(", ", o.Types)}, then one for 'other'.";
        }
    }
}
