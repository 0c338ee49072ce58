using System.Security.Cryptography;
using System.Text;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Metrics;

namespace MhdNet.Training.Results;

/// <summary><c>predictions/&lt;patient&gt;.json</c>: what the student says about a patient from CT alone.</summary>
/// <param name="Patient">The patient's id.</param>
/// <param name="Type">The most probable type; null: no tumour sequence found.</param>
/// <param name="Verdict">The same in words.</param>
/// <param name="Probabilities">By type, with sum 1; empty where no tumour sequence was found.</param>
/// <param name="Sequences">Every CT sequence, with the probability of each type and of <c>other</c>.</param>
/// <param name="Sources">Every CT sequence the patient had, and when it was stored; one that is missing from <paramref name="Sequences"/> could not be read.</param>
/// <param name="Run">The run whose student was used.</param>
/// <param name="Software">Name and version of the program.</param>
/// <param name="Note">For what it may be used.</param>
public sealed record PatientPrediction(
    string Patient, string? Type, string Verdict, IReadOnlyDictionary<string, double> Probabilities, IReadOnlyList<PatientPrediction.Row> Sequences, IReadOnlyDictionary<string, DateTime> Sources, string Run, string Software, string Note)
{
    /// <summary>On what it was computed; null in files of older versions of the program.</summary>
    public Provenance? Computed { get; init; }

    /// <summary>One CT sequence.</summary>
    /// <param name="Sequence">Item and file.</param>
    /// <param name="Predicted">The most probable of the types and <c>other</c>.</param>
    /// <param name="Probabilities">By type, and <c>other</c>.</param>
    public sealed record Row(string Sequence, string Predicted, IReadOnlyDictionary<string, double> Probabilities);

    /// <summary>The prediction from all CT sequences of one patient.</summary>
    /// <param name="patient">The patient with all CT sequences.</param>
    /// <param name="folder">The folder that the sequences' paths are relative to.</param>
    /// <param name="sequences">What was predicted; empty where none of the patient's sequences could be read.</param>
    /// <param name="types">Names of the K types.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="software">Name and version of the program.</param>
    public static PatientPrediction Of(CohortPatient patient, string folder, IReadOnlyList<SequencePrediction> sequences, IReadOnlyList<string> types, string run, string software)
    {
        string[] names = [.. types, Labels.LabelsRead.Other];
        var verdict = PatientVerdict.Of(patient.Patient, sequences);
        return new PatientPrediction(
            patient.Patient,
            verdict.Type is { } k ? types[k] : null,
            Words(verdict, types, patient.Ct.Count - sequences.Count),
            verdict.Types is null ? new Dictionary<string, double>() : Named(types, verdict.Types),
            [.. sequences.Select(one => new Row(one.Sequence, names[one.Predicted], Named(names, one.Probabilities)))],
            SourcesOf(patient, folder),
            run,
            software,
            "Research use only; not for diagnosis.");
    }

    /// <summary>Whether this is the newest that can be said: it was made by this run from the very sequences that the patient has now.</summary>
    /// <param name="patient">The patient with all CT sequences.</param>
    /// <param name="folder">The folder that the sequences' paths are relative to.</param>
    /// <param name="run">The run's name.</param>
    public bool IsUpToDate(CohortPatient patient, string folder, string run)
    {
        var now = SourcesOf(patient, folder);
        return Run == run && Sources is { } sources && sources.Count == now.Count && now.All(source => sources.TryGetValue(source.Key, out var stored) && stored == source.Value);
    }

    /// <summary>File name of a patient's prediction: the id where it is a plain file name, else with the rest replaced and eight digits of its hash.</summary>
    public static string FileName(string patient)
    {
        var plain = new string([.. patient.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')]);
        return plain == patient && plain.Length <= 100 && !plain.StartsWith('.')
            ? plain + ".json"
            : $"{plain[..Math.Min(60, plain.Length)].TrimStart('.')}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(patient)))[..8]}.json";
    }

    private static string Words(PatientVerdict verdict, IReadOnlyList<string> types, int unreadable)
    {
        var words = verdict.Sequences == 0 ? "none of the patient's CT sequences could be read"
            : verdict.Type is { } type ? $"{types[type]}, from {verdict.Used} of {verdict.Sequences} CT sequences"
            : $"no tumour sequence found in {verdict.Sequences} CT sequences";
        return verdict.Sequences > 0 && unreadable > 0 ? $"{words}; {unreadable} more could not be read" : words;
    }

    private static Dictionary<string, DateTime> SourcesOf(CohortPatient patient, string folder) =>
        patient.Ct.DistinctBy(ct => ct.Name).ToDictionary(ct => ct.Name, ct => File.GetLastWriteTimeUtc(Path.Combine(folder, ct.Path)));

    private static Dictionary<string, double> Named(IReadOnlyList<string> names, double[] values) => names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
}
