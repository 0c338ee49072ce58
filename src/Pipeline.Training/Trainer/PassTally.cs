using System.Collections.Immutable;
using MhdNet.Training.Metrics;

namespace MhdNet.Training.Trainer;

/// <summary>What one pass has gathered so far.</summary>
/// <param name="Sequences">CT sequences trained on.</param>
/// <param name="Sums">Losses, each times the samples of its batch; finite steps only.</param>
/// <param name="Weight">Samples of the finite steps.</param>
/// <param name="NonFinite">Batches whose loss was not finite.</param>
/// <param name="Unreadable">Files that could not be read.</param>
/// <param name="Predictions">What was predicted.</param>
public sealed record PassTally(
    int Sequences, ImmutableDictionary<string, double> Sums, int Weight, int NonFinite, ImmutableList<string> Unreadable, ImmutableList<SequencePrediction> Predictions)
{
    /// <summary>Nothing yet.</summary>
    public static PassTally Empty { get; } = new(0, ImmutableDictionary<string, double>.Empty, 0, 0, [], []);

    /// <summary>The mean of each loss over the samples.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, double> Means => Sums.OrderBy(sum => sum.Key, StringComparer.Ordinal).ToDictionary(sum => sum.Key, sum => sum.Value / Weight);

    /// <summary>Adds a step.</summary>
    public PassTally With(TrainerInput.Stepped step)
    {
        var samples = step.Sequences.Count;
        return IsFinite(step.Losses)
            ? this with { Sequences = Sequences + samples, Weight = Weight + samples, Sums = Sums.SetItems(step.Losses.Select(loss => KeyValuePair.Create(loss.Key, Sums.GetValueOrDefault(loss.Key) + (loss.Value * samples)))) }
            : this with { Sequences = Sequences + samples, NonFinite = NonFinite + 1 };
    }

    /// <summary>Whether the step was applied.</summary>
    public static bool IsFinite(IReadOnlyDictionary<string, double> losses) => losses.Values.All(double.IsFinite);
}
