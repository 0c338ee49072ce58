using MhdNet.Training.Options;

namespace MhdNet.Training.Metrics;

/// <summary>95 % percentile intervals by drawing patients with replacement. Sequences of one patient are no independent samples, so they stay together.</summary>
public static class Bootstrap
{
    /// <summary>Intervals of several values at once.</summary>
    /// <param name="patients">What each patient contributes.</param>
    /// <param name="values">From the contributions of drawn patients to named values; null where one is not defined on that draw.</param>
    /// <param name="draws">How many resamples.</param>
    /// <param name="seed">The run's seed.</param>
    /// <returns>By name; null with fewer than two patients, or where fewer than half of the draws define the value.</returns>
    public static IReadOnlyDictionary<string, Interval?> Of<T>(
        IReadOnlyList<IReadOnlyList<T>> patients, Func<IReadOnlyList<T>, IReadOnlyDictionary<string, double?>> values, int draws, int seed)
    {
        var random = Seeded.Generator(seed, "bootstrap");
        var collected = values([]).Keys.ToDictionary(name => name, _ => new List<double>(draws));
        for (var draw = 0; draw < draws && patients.Count > 1; draw++)
        {
            var drawn = Enumerable.Range(0, patients.Count).SelectMany(_ => patients[random.Next(patients.Count)]).ToArray();
            foreach (var (name, value) in values(drawn))
            {
                if (value is { } defined)
                {
                    collected[name].Add(defined);
                }
            }
        }

        return collected.ToDictionary(pair => pair.Key, pair => pair.Value.Count > 0 && 2 * pair.Value.Count >= draws ? Percentiles(pair.Value) : null);
    }

    private static Interval Percentiles(List<double> values)
    {
        values.Sort();
        return new Interval(At(values, 0.025), At(values, 0.975));
    }

    private static double At(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
