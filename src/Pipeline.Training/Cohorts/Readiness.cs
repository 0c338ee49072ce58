using MhdNet.Training.Labels;

namespace MhdNet.Training.Cohorts;

/// <summary>Whether a cohort is enough to train on, and what is still awaited.</summary>
/// <param name="CanStart">Every type has enough training patients with CT and with slides.</param>
/// <param name="Awaited">Labelled patients of whom no CT sequence has arrived.</param>
/// <param name="Sentences">For people: what is missing, then who is awaited. Empty when all is there.</param>
public sealed record Readiness(bool CanStart, IReadOnlyList<string> Awaited, IReadOnlyList<string> Sentences)
{
    /// <summary>Judges a cohort.</summary>
    /// <param name="cohort">The cohort.</param>
    /// <param name="minimum">Training patients with a tumour CT sequence, and with a slide sequence, that each type needs.</param>
    public static Readiness Of(Cohort cohort, int minimum)
    {
        var missing = cohort.Types.SelectMany((type, k) => Missing(cohort, type, k, minimum)).ToArray();
        string[] awaited = [.. cohort.Patients.Where(patient => patient.Ct.Count == 0).Select(patient => patient.Patient)];
        string[] waiting = awaited.Length == 0 ? [] :
            [$"{awaited.Length} of {cohort.Patients.Count} patients in the labels have no CT sequence yet: {string.Join(", ", awaited.Take(8))}{(awaited.Length > 8 ? ", …" : "")}."];
        return new Readiness(missing.Length == 0, awaited, [.. missing, .. waiting]);
    }

    private static IEnumerable<string> Missing(Cohort cohort, string type, int k, int minimum)
    {
        CohortPatient[] training = [.. cohort.Of(Split.Train).Where(patient => patient.Type == k)];
        var withCt = training.Count(patient => patient.Ct.Any(sequence => sequence.Label == k));
        var withSlides = training.Count(patient => patient.Slides.Count > 0);
        if (withCt < minimum)
        {
            yield return $"Type {type}: {withCt} of its {training.Length} training patients have a CT sequence with tumour, {minimum} needed.";
        }

        if (withSlides < minimum)
        {
            yield return $"Type {type}: {withSlides} of its {training.Length} training patients have a slide sequence, {minimum} needed.";
        }
    }
}
