using MhdNet.Training.Options;

namespace MhdNet.Training.Labels;

/// <summary>
/// Splits by patient, stratified by type (method, "Data"): a share of the patients without a split becomes test patients, then a share of the training patients
/// becomes the validation set. A patient whom the labels call <c>test</c> or <c>val</c> stays there; a type whose labels name validation patients gets no others.
/// </summary>
public static class SplitRules
{
    /// <summary>Draws the splits; the order of the rows does not matter.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="testShare">Share of a type's patients without a split that are tested, rounded half up; one always stays for training.</param>
    /// <param name="validationShare">Share of a type's training patients, rounded half up; above 0 at least one where the type has three. 0: no validation set.</param>
    /// <param name="seed">The run's seed.</param>
    public static SplitAssignment Assign(LabelsRead labels, double testShare, double validationShare, int seed)
    {
        var splits = new Dictionary<string, Split>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var patient in labels.Patients.Where(patient => patient.Type is null))
        {
            splits[patient.Patient] = Split.Predict;
        }

        foreach (var type in labels.Types)
        {
            PatientLabel[] patients = [.. labels.Patients.Where(patient => patient.Type == type)];
            foreach (var (patient, split) in OfOneType(patients, testShare, validationShare, seed))
            {
                splits[patient] = split;
            }

            if (Problem(labels.Path, type, patients, splits) is { } problem)
            {
                problems.Add(problem);
            }
        }

        return new SplitAssignment(splits, problems);
    }

    private static Dictionary<string, Split> OfOneType(PatientLabel[] patients, double testShare, double validationShare, int seed)
    {
        var splits = patients.Where(patient => patient.Split is not null).ToDictionary(patient => patient.Patient, patient => patient.Split!.Value, StringComparer.Ordinal);
        string[] free = [.. InRandomOrder(patients.Where(patient => patient.Split is null).Select(patient => patient.Patient), "test", seed)];
        var kept = splits.ContainsValue(Split.Train) ? 0 : 1;
        var tested = Math.Clamp(Rounded(testShare * free.Length), 0, Math.Max(0, free.Length - kept));
        for (var i = 0; i < free.Length; i++)
        {
            splits[free[i]] = i < tested ? Split.Test : Split.Train;
        }

        if (!splits.ContainsValue(Split.Val) && validationShare > 0)
        {
            string[] training = [.. InRandomOrder(splits.Where(pair => pair.Value == Split.Train).Select(pair => pair.Key), "validation", seed)];
            var least = training.Length >= 3 ? 1 : 0;
            foreach (var patient in training.Take(Math.Clamp(Rounded(validationShare * training.Length), least, Math.Max(least, training.Length - 1))))
            {
                splits[patient] = Split.Val;
            }
        }

        return splits;
    }

    private static string? Problem(string path, string type, PatientLabel[] patients, Dictionary<string, Split> splits) => patients switch
    {
        [] => $"{path}: type {type} is named in the options, but no patient has it. Add patients of that type or take it out of the option types.",
        [var only] => $"{path} line {only.Line}: type {type} has a single patient ({only.Patient}), so it cannot be both trained and tested. Add patients of that type, or leave this patient's type empty.",
        _ when !patients.Any(patient => splits[patient.Patient] == Split.Train) =>
            $"{path}: none of the {patients.Length} patients of type {type} is a training patient ({string.Join(", ", patients.Take(5).Select(patient => $"{patient.Patient}: {splits[patient.Patient].ToString().ToLowerInvariant()}"))}). Set the split of some to train, or leave it empty.",
        _ => null,
    };

    private static IEnumerable<string> InRandomOrder(IEnumerable<string> patients, string purpose, int seed) =>
        patients.OrderBy(patient => Seeded.Rank(seed, purpose, patient)).ThenBy(patient => patient, StringComparer.Ordinal);

    private static int Rounded(double count) => (int)Math.Floor(count + 0.5);
}
