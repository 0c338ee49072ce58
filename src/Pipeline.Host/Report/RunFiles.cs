using System.Text.Json;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Results;

namespace MhdNet.Host.Report;

/// <summary>Reads what a finished run left.</summary>
internal static class RunFiles
{
    public static RunResult Result(RunFolder run) => Read<RunResult>(run["result.json"]);

    public static PhaseEvaluation Evaluation(RunFolder run, string phase) => Read<PhaseEvaluation>(run.EvaluationFile(phase));

    public static PatientPrediction? Prediction(RunFolder run, string patient) =>
        File.Exists(run.PredictionFile(patient)) ? Read<PatientPrediction>(run.PredictionFile(patient)) : null;

    private static T Read<T>(string path) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), WorkJson.Options) ?? throw new InvalidDataException($"{path} is empty. Remove the run's folder and train again.");
}
