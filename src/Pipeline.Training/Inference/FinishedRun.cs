using MhdNet.Ingest.Sequences;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Batches;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Metrics;
using MhdNet.Training.Options;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Inference;

/// <summary>The networks of a run that was completed, put to use: typing patients who came later, and measuring the test patients again.</summary>
/// <param name="run">The run.</param>
/// <param name="factory">Makes its networks.</param>
public sealed class FinishedRun(RunFolder run, IPhaseFactory factory)
{
    /// <summary>Types patients by the student, from CT alone, and writes <c>predictions/&lt;patient&gt;.json</c> of each.</summary>
    /// <param name="patients">The patients with their CT sequences.</param>
    /// <param name="sequencesFolder">The folder that the sequences' paths are relative to; null: the run's work folder.</param>
    public IReadOnlyList<PatientPrediction> Type(IReadOnlyList<CohortPatient> patients, string? sequencesFolder = null)
    {
        var cohort = run.Cohort with { Patients = [.. patients.Select(patient => patient with { Split = Labels.Split.Predict })] };
        var folder = sequencesFolder ?? run.WorkFolder;
        var (sequences, _) = Predict("student", cohort, Pass.Prediction, folder); // what could not be read is missing from a patient's sequences, and the prediction says so
        var bySequence = sequences.ToLookup(one => one.Patient);
        PatientPrediction[] predictions = [.. cohort.Patients.Select(patient => PatientPrediction.Of(patient, folder, [.. bySequence[patient.Patient]], cohort.Types, run.Name, Software.Name) with { Computed = Provenance.Current })];
        foreach (var prediction in predictions)
        {
            DurableFile.WriteJson(run.PredictionFile(prediction.Patient), prediction);
        }

        return predictions;
    }

    /// <summary>Measures every network on the run's test patients.</summary>
    /// <param name="draws">Bootstrap resamples of the intervals.</param>
    public RunResult Evaluate(int draws)
    {
        var (cohort, options) = (run.Cohort, run.Options);
        PhaseEvaluation[] phases = [.. RunFolder.Phases(options).Select(phase =>
        {
            var (predictions, unreadable) = Predict(phase, cohort, Pass.Test, run.WorkFolder);
            return new PhaseEvaluation(phase, run.Checkpoints(phase).Progress().Best?.Epoch ?? 0, predictions, unreadable);
        })];
        return RunResult.Of(run.Name, Software.Name, cohort, phases, draws, options.Seed) with { Computed = Provenance.Current };
    }

    private (List<SequencePrediction> Predictions, List<string> Unreadable) Predict(string phase, Cohort cohort, Pass pass, string sequencesFolder)
    {
        var options = run.Options;
        var reader = new SequenceReader(sequencesFolder, options);
        using var network = Open(phase, options);
        var predictions = new List<SequencePrediction>();
        var unreadable = new List<string>();
        foreach (var planned in PassPlan.Of(cohort, options, phase, pass, epoch: 0))
        {
            var read = BatchAssembly.Of(planned, [.. planned.Samples.Select(reader.Read)], options);
            unreadable.AddRange(read.Unreadable.Select(file => file.Path));
            if (read.Batch is not null)
            {
                var (made, bad) = Predictions.Of(network, read.Batch, read.Samples);
                predictions.AddRange(bad.Count == 0 ? made : throw new InvalidDataException($"{run.Checkpoints(phase).Best}: this {phase} gives no number for {bad[0]}; its weights have grown beyond all bounds. Train anew with a lower learning_rate."));
            }
        }

        return (predictions, unreadable);
    }

    private IPredictor Open(string phase, MhdOptions options)
    {
        if (phase == "student")
        {
            return factory.Typer(options, run.Checkpoints("teacher").Best, run.Checkpoints("student").Best);
        }

        var network = factory.Create(phase, options, null);
        try
        {
            network.LoadNetwork(run.Checkpoints(phase).Best);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
