using System.Globalization;
using CsvHelper;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;

namespace MhdNet.Training.Results;

/// <summary>
/// <c>runs/&lt;yyyyMMdd-HHmmss&gt;-&lt;preset&gt;/</c>: everything of one run. <c>options.json</c> and <c>cohort.json</c> are written once, so that a resumed run sees
/// what it began with, whatever arrived since.
/// </summary>
public sealed class RunFolder
{
    private const string BeingMade = ".new"; // a run's folder until all that it begins with is in it

    private readonly HostMark? _mark;

    private RunFolder(string workFolder, string name, HostMark? mark = null)
    {
        (WorkFolder, Name, _mark) = (workFolder, name, mark);
        Path = System.IO.Path.Combine(workFolder, "runs", name);
    }

    /// <summary>The work folder.</summary>
    public string WorkFolder { get; }

    /// <summary>The run's name.</summary>
    public string Name { get; }

    /// <summary>The run's folder.</summary>
    public string Path { get; }

    /// <summary>Name of the preset the run began with.</summary>
    public string Preset => Name.Split('-', 3) is [_, _, var preset] ? preset : Name;

    /// <summary>When the run was begun.</summary>
    public DateTimeOffset Begun => File.GetLastWriteTimeUtc(this["cohort.json"]);

    /// <summary>The options, with the types and class weights filled in.</summary>
    public MhdOptions Options => DurableFile.ReadJson<MhdOptions>(this["options.json"]);

    /// <summary>The cohort.</summary>
    public Cohort Cohort => DurableFile.ReadJson<Cohort>(this["cohort.json"]);

    /// <summary>Names of the phases, in order.</summary>
    public static IReadOnlyList<string> Phases(MhdOptions options) => options.Network switch
    {
        TrainedNetwork.Teacher => ["teacher"],
        TrainedNetwork.Radiology => ["radiology"],
        TrainedNetwork.Pathology => ["pathology"],
        _ => options.Baseline ? ["teacher", "student", "baseline"] : ["teacher", "student"],
    };

    /// <summary>Whether the run ends in a student, which alone types patients from CT; a run of the teacher or of one branch does not.</summary>
    public bool HasStudent => Phases(Options).Contains("student");

    /// <summary>A file of the run.</summary>
    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>Begins a run.</summary>
    /// <param name="workFolder">The work folder.</param>
    /// <param name="preset">Name of the preset, part of the run's name.</param>
    /// <param name="options">The options; the types, and the weights of balanced classes, are taken from the cohort.</param>
    /// <param name="cohort">The cohort.</param>
    /// <param name="time">The clock (UTC).</param>
    public static RunFolder Create(string workFolder, string preset, MhdOptions options, Cohort cohort, TimeProvider time)
    {
        var stamp = $"{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{preset}";
        var runs = new DirectoryInfo(System.IO.Path.Combine(workFolder, "runs"));
        foreach (var left in runs.Exists ? runs.GetDirectories().Where(folder => folder.Name.StartsWith('.') && folder.Name.EndsWith(BeingMade, StringComparison.Ordinal)) : [])
        {
            left.Delete(recursive: true); // of a process that was killed before its run began
        }

        var name = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? stamp : $"{stamp}-{n}").First(free => !Directory.Exists(System.IO.Path.Combine(workFolder, "runs", free)));
        return Begin(workFolder, name, options, cohort);
    }

    /// <summary>Begins a run, as a whole or not at all, under a name of its own; one with a slash lies deeper than <see cref="All"/> looks.</summary>
    /// <param name="workFolder">The work folder.</param>
    /// <param name="name">A relative path below <c>runs/</c>.</param>
    /// <param name="options">The options; the types are taken from the cohort.</param>
    /// <param name="cohort">The cohort.</param>
    public static RunFolder Begin(string workFolder, string name, MhdOptions options, Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var run = new RunFolder(workFolder, name);
        var staged = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(run.Path)!, $".{System.IO.Path.GetFileName(run.Path)}{BeingMade}");
        if (Directory.Exists(staged))
        {
            Directory.Delete(staged, recursive: true);
        }

        Directory.CreateDirectory(System.IO.Path.Combine(staged, "checkpoints"));
        Directory.CreateDirectory(System.IO.Path.Combine(staged, "evaluations"));
        DurableFile.WriteJson(System.IO.Path.Combine(staged, "options.json"), Filled(options, cohort));
        DurableFile.Write(System.IO.Path.Combine(staged, "split.csv"), SplitTable(cohort));
        DurableFile.WriteJson(System.IO.Path.Combine(staged, "cohort.json"), cohort);
        Directory.Move(staged, run.Path);
        FolderSync.Flush(System.IO.Path.GetDirectoryName(run.Path)!);
        return run;
    }

    /// <summary>The same run for a host that may be superseded: once the mark is another's, nothing of the run becomes visible any more, and who tries gets a <see cref="SupersededException"/>.</summary>
    /// <param name="mark">The work folder's mark as the host knows it; null: nobody else can take the folder over.</param>
    public RunFolder Fenced(HostMark? mark) => new(WorkFolder, Name, mark);

    /// <summary>To be asked before a file of the run is written.</summary>
    /// <exception cref="SupersededException">Another host has the folder now.</exception>
    public void RequireCurrent() => _mark?.RequireCurrent();

    /// <summary>Opens a run that exists.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none of that name; names the folder.</exception>
    public static RunFolder Open(string workFolder, string name)
    {
        var run = new RunFolder(workFolder, name);
        return File.Exists(run["cohort.json"]) ? run : throw new DirectoryNotFoundException($"{run.Path} is not the folder of a run. The runs are under {System.IO.Path.Combine(workFolder, "runs")}.");
    }

    /// <summary>All runs, oldest first.</summary>
    public static IReadOnlyList<RunFolder> All(string workFolder)
    {
        var runs = new DirectoryInfo(System.IO.Path.Combine(workFolder, "runs"));
        return runs.Exists
            ? [.. runs.EnumerateDirectories().Select(folder => new RunFolder(workFolder, folder.Name)).Where(run => File.Exists(run["cohort.json"])).OrderBy(run => run.Name, StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The newest run that was killed or stopped before its end; null where there is none.</summary>
    public static RunFolder? Unfinished(string workFolder) => All(workFolder) is [.., var newest] && newest.Outcome() is null or { End: RunEnd.Stopped } ? newest : null;

    /// <summary>The newest run, where it did not come to its end: killed, stopped or failed; null where there is none.</summary>
    public static RunFolder? Resumable(string workFolder) => All(workFolder) is [.., var newest] && newest.Outcome() is not { End: RunEnd.Completed } ? newest : null;

    /// <summary>Whether a phase is trained and measured.</summary>
    public bool IsFinished(string phase) => File.Exists(EvaluationFile(phase));

    /// <summary>Whether some of it was trained before; a teacher that is linked from another run is no work of this one.</summary>
    public bool IsBegun => new DirectoryInfo(this["checkpoints"]).EnumerateDirectories().Any(phase => phase.LinkTarget is null && Checkpoints(phase.Name).Exists());

    /// <summary>How the run ended; null while it runs, or after it was killed.</summary>
    public RunOutcome? Outcome() => File.Exists(this["outcome.json"]) ? DurableFile.ReadJson<RunOutcome>(this["outcome.json"]) : null;

    /// <summary>Notes how the run ended; null takes the note away, when the run goes on.</summary>
    public void End(RunOutcome? outcome)
    {
        RequireCurrent();
        if (outcome is null)
        {
            File.Delete(this["outcome.json"]);
        }
        else
        {
            DurableFile.WriteJson(this["outcome.json"], outcome);
        }
    }

    /// <summary>
    /// The machines that trained the run, the first first; none before it was begun, or where it was trained by an older version of the
    /// program.
    /// </summary>
    public IReadOnlyList<RunMachine> Machines => File.Exists(this["provenance.json"]) ? DurableFile.ReadJson<IReadOnlyList<RunMachine>>(this["provenance.json"]) : [];

    /// <summary>The checkpoints of a phase.</summary>
    public CheckpointFolder Checkpoints(string phase) => new(System.IO.Path.Combine(Path, "checkpoints", phase), _mark);

    /// <summary>Where a phase's predictions for the test patients are, once it is finished.</summary>
    public string EvaluationFile(string phase) => System.IO.Path.Combine(Path, "evaluations", phase + ".json");

    /// <summary>Where a patient's prediction is written.</summary>
    public string PredictionFile(string patient) => System.IO.Path.Combine(WorkFolder, "predictions", PatientPrediction.FileName(patient));

    /// <summary>In which fields the options that the run began with differ from others, once their types and class weights are filled in.</summary>
    public IReadOnlyList<string> Differences(MhdOptions others) =>
        OptionsFile.Differences(Options, Filled(others, Cohort) with { Types = others.Types.Count > 0 ? others.Types : Cohort.Types });

    private static MhdOptions Filled(MhdOptions options, Cohort cohort) => options with
    {
        Types = cohort.Types,
        ClassWeights = options.BalanceClasses ? ClassBalance.Of(cohort) : options.ClassWeights,
        BalanceClasses = false,
    };

    private static string SplitTable(Cohort cohort)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        csv.WriteRecords(cohort.Patients.Select(patient => new
        {
            patient_id = patient.Patient,
            type = patient.Type < 0 ? "" : cohort.NameOf(patient.Type),
            split = patient.Split.ToString().ToLowerInvariant(),
            ct_sequences = patient.Ct.Count,
            slide_sequences = patient.Slides.Count,
        }));
        csv.Flush();
        return text.ToString();
    }
}
