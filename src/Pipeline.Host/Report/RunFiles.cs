using MhdNet.Training.Results;

namespace MhdNet.Host.Report;

/// <summary>Reads what a finished run left.</summary>
internal static class RunFiles
{
    public static RunResult Result(RunFolder run) => DurableFile.ReadJson<RunResult>(run["result.json"]);

    public static PhaseEvaluation Evaluation(RunFolder run, string phase) => DurableFile.ReadJson<PhaseEvaluation>(run.EvaluationFile(phase));

    /// <summary>A patient's prediction; null where there is none, or one that cannot be read: it is then made again.</summary>
    public static PatientPrediction? Prediction(RunFolder run, string patient)
    {
        try
        {
            return File.Exists(run.PredictionFile(patient)) ? DurableFile.ReadJson<PatientPrediction>(run.PredictionFile(patient)) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
