using MhdNet.Training.Labels;

namespace MhdNet.Training.Cohorts;

/// <summary>Class weights by which each class weighs alike over the training sequences, however many it has.</summary>
public static class ClassBalance
{
    /// <summary>n / (c * n_k) for a class of n_k among n training sequences of c different classes; 1 for a class that does not occur.</summary>
    /// <returns>[K+1]: the types, then <c>other</c>.</returns>
    public static IReadOnlyList<double> Of(Cohort cohort)
    {
        var counts = new int[cohort.Types.Count + 1];
        foreach (var sequence in cohort.Of(Split.Train).SelectMany(patient => patient.Ct))
        {
            counts[sequence.Label]++;
        }

        var (all, classes) = (counts.Sum(), counts.Count(count => count > 0));
        return [.. counts.Select(count => count == 0 ? 1 : (double)all / (classes * count))];
    }
}
