using System.Text.Json;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Figures;
using MhdNet.Training.Labels;
using MhdNet.Training.Metrics;
using MhdNet.Training.Options;

namespace MhdNet.Training.Results;

/// <summary>Writes what a run leaves for people.</summary>
/// <param name="run">The run.</param>
/// <param name="options">Its options.</param>
/// <param name="cohort">Its cohort.</param>
/// <param name="bootstrapDraws">Resamples behind the intervals.</param>
public sealed class RunWriter(RunFolder run, MhdOptions options, Cohort cohort, int bootstrapDraws)
{
    private IEnumerable<MetricsRow> Rows => RunFolder.Phases(options).SelectMany(phase => run.Checkpoints(phase).Progress().Rows);

    /// <summary>How many phases, from the first, are trained and measured.</summary>
    public int FinishedPhases() => RunFolder.Phases(options).TakeWhile(run.IsFinished).Count();

    /// <summary>
    /// Notes in <c>provenance.json</c> on what the run is computed from now on, where that differs from what stands there.
    /// </summary>
    public void WriteProvenance(DateTimeOffset now)
    {
        var (machines, next) = (ReadableMachines(), new RunMachine(now, Software.Name, Provenance.Current));
        if (machines is [.., var last] && IsSame(last.Computed, next.Computed) && last.Software == next.Software)
        {
            return;
        }

        run.RequireCurrent();
        DurableFile.WriteJson(run["provenance.json"], machines.Append(next));
    }

    /// <summary>Writes <c>metrics.csv</c>, <c>timing.csv</c> and TensorBoard's events from the checkpoints.</summary>
    public void WriteMetrics()
    {
        MetricsRow[] rows = [.. Rows];
        if (rows.Length == 0)
        {
            return;
        }

        run.RequireCurrent();
        MetricsFile.Write(run["metrics.csv"], rows);
        MetricsFile.WriteTiming(run["timing.csv"], rows);
        foreach (var phase in rows.GroupBy(row => row.Phase))
        {
            EventFile.Write(Path.Combine(run["tensorboard"], phase.Key), [.. phase]);
        }
    }

    /// <summary>Writes a phase's predictions for the test patients; from then on the phase counts as finished.</summary>
    public void Write(PhaseEvaluation evaluation)
    {
        run.RequireCurrent();
        DurableFile.WriteJson(run.EvaluationFile(evaluation.Phase), evaluation);
    }

    /// <summary>Writes the predictions for the patients without a label, also for those of whom nothing could be read.</summary>
    public void Write(IReadOnlyList<SequencePrediction> predictions)
    {
        run.RequireCurrent();
        var sequences = predictions.ToLookup(one => one.Patient);
        foreach (var patient in cohort.Of(Split.Predict).Where(patient => patient.Ct.Count > 0))
        {
            var file = run.PredictionFile(patient.Patient);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            DurableFile.WriteJson(file, PatientPrediction.Of(patient, run.WorkFolder, [.. sequences[patient.Patient]], cohort.Types, run.Name, Software.Name) with { Computed = Provenance.Current });
        }
    }

    /// <summary>Writes <c>result.json</c>.</summary>
    public void WriteResult()
    {
        run.RequireCurrent();
        DurableFile.WriteJson(run["result.json"], Result(Evaluations()));
    }

    /// <summary>Draws the figures.</summary>
    public void DrawFigures()
    {
        var phases = Evaluations();
        RunFigures.Draw(run["figures"], [.. Rows], phases, DurableFile.ReadJson<RunResult>(run["result.json"]));
    }

    /// <summary>A run does not depend on this file: one that cannot be read is set aside, and noted anew.</summary>
    private IReadOnlyList<RunMachine> ReadableMachines()
    {
        try
        {
            return run.Machines;
        }
        catch (InvalidDataException)
        {
            File.Move(run["provenance.json"], run["provenance-unreadable.json"], overwrite: true);
            return [];
        }
    }

    /// <summary>Whose networks were tested, and with which error, makes no other machine.</summary>
    private static bool IsSame(Provenance one, Provenance other) =>
        JsonSerializer.Serialize(one with { SelfTest = "" }) == JsonSerializer.Serialize(other with { SelfTest = "" });

    private RunResult Result(PhaseEvaluation[] phases) => RunResult.Of(run.Name, Software.Name, cohort, phases, bootstrapDraws, options.Seed) with { Computed = Provenance.Current };

    private PhaseEvaluation[] Evaluations() => [.. RunFolder.Phases(options).Select(phase => DurableFile.ReadJson<PhaseEvaluation>(run.EvaluationFile(phase)))];
}
