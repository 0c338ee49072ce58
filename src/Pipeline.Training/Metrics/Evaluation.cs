namespace MhdNet.Training.Metrics;

/// <summary>A network measured on labelled patients.</summary>
/// <param name="Sequences">Over CT sequences of the tumour types.</param>
/// <param name="Patients">Over patients.</param>
/// <param name="OtherCount">CT sequences without tumour.</param>
/// <param name="OtherAccuracy">Share of them predicted <c>other</c>; null without any.</param>
public sealed record Evaluation(Table Sequences, Table Patients, int OtherCount, double? OtherAccuracy)
{
    /// <summary>Measures predictions.</summary>
    /// <param name="predictions">All CT sequences of the patients, also those without tumour.</param>
    /// <param name="patientTypes">The true type of each patient.</param>
    /// <param name="types">Names of the K types.</param>
    /// <param name="draws">Bootstrap resamples.</param>
    /// <param name="seed">The run's seed.</param>
    public static Evaluation Of(
        IReadOnlyList<SequencePrediction> predictions, IReadOnlyDictionary<string, int> patientTypes, IReadOnlyList<string> types, int draws, int seed)
    {
        SequencePrediction[][] patients = [.. predictions.GroupBy(one => one.Patient).OrderBy(patient => patient.Key, StringComparer.Ordinal).Select(patient => patient.ToArray())];
        SequencePrediction[] others = [.. predictions.Where(one => one.Label == types.Count)];
        Judged[][] bySequence = [.. patients.Select(patient => patient.Where(one => one.Label < types.Count).Select(Judged.Of).ToArray()).Where(patient => patient.Length > 0)];
        Judged[][] byPatient = [.. patients.Select(patient => new[] { Patient(PatientVerdict.Of(patient[0].Patient, patient)) })];
        return new Evaluation(
            Table.Of(bySequence, types, draws, seed),
            Table.Of(byPatient, types, draws, seed),
            others.Length,
            others.Length > 0 ? others.Average(one => one.Predicted == types.Count ? 1.0 : 0.0) : null);

        Judged Patient(PatientVerdict verdict) => new(patientTypes[verdict.Patient], verdict.Type ?? types.Count, verdict.Types);
    }
}
