using MhdNet.Training.Results;

namespace MhdNet.Host.Report;

/// <summary>Reads what a finished run left.</summary>
internal static class RunFiles
{
    public static RunResult Result(RunFolder run) => DurableFile.ReadJson<RunResult>(run["result.json"]);

    public static PhaseEvaluation Evaluation(RunFolder run, string phase) => DurableFile.ReadJson<PhaseEvaluation>(run.EvaluationFile(phase));

    public static PatientPrediction? Prediction(RunFolder run, string patient) =>
        File.Exists(run.PredictionFile(patient)) ? DurableFile.ReadJson<PatientPrediction>(run.PredictionFile(patient)) : null;
}
