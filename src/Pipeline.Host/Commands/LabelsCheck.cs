using CsvHelper;
using MhdNet.Ingest.Drop;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Host.Commands;

/// <summary>Refuses labels that cannot be used, before anything is begun.</summary>
internal static class LabelsCheck
{
    /// <returns>The options with the labels' types.</returns>
    /// <exception cref="InputException">With one sentence for each problem.</exception>
    public static MhdOptions Require(string path, MhdOptions options)
    {
        var labels = LabelsFile.Read(path, options.Types);
        var problems = labels.IsUsable
            ? [.. SplitRules.Assign(labels, options.TestShare, options.ValidationShare, options.Seed).Problems, .. OptionsRules.Check(options with { Types = labels.Types })]
            : labels.Problems;
        return problems.Count > 0 ? throw new InputException(string.Join(Environment.NewLine, problems)) : options with { Types = labels.Types };
    }

    /// <summary>The same with pseudonyms in place of patients' ids, so that what is wrong with the labels names nobody.</summary>
    /// <exception cref="InputException">With one sentence for each problem.</exception>
    public static void RequireHidden(string path, MhdOptions options, Pseudonyms pseudonyms)
    {
        var folder = Directory.CreateTempSubdirectory("mhdnet-labels-");
        var copy = Path.Combine(folder.FullName, "labels.csv");
        try
        {
            LabelsMirror.Copy(path, copy, pseudonyms);
            Require(copy, options);
        }
        catch (InputException e)
        {
            throw new InputException(e.Message.Replace(copy, path, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            throw new InputException($"{path} cannot be read: {(e is CsvHelperException ? "it is no CSV file." : e.Message)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Refuses labels that say otherwise than those a run began with: it goes on with its own.</summary>
    /// <exception cref="InputException">Naming patients of whom they say something else.</exception>
    public static void RequireSame(string path, RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (cohort, options) = (run.Cohort, run.Options);
        var labels = LabelsFile.Read(path, cohort.Types);
        var splits = SplitRules.Assign(labels, options.TestShare, options.ValidationShare, options.Seed).Splits;
        var types = labels.Patients.ToDictionary(row => row.Patient, row => row.Type, StringComparer.Ordinal);
        string[] others = [.. cohort.Patients.Where(patient => !types.TryGetValue(patient.Patient, out var type) || type != (patient.Type < 0 ? null : cohort.NameOf(patient.Type)) || splits[patient.Patient] != patient.Split)
            .Select(patient => patient.Patient)];
        if (others.Length > 0)
        {
            throw new InputException($"{run.Path} goes on with the labels it began with, and {path} says otherwise of {string.Join(", ", others.Take(5))}{(others.Length > 5 ? ", …" : "")}. Leave --labels out, or begin a new run.");
        }
    }
}
