using MhdNet.Training.Cohorts;
using MhdNet.Training.Results;

namespace MhdNet.Training.Ablation;

/// <summary>The runs of ablations in a work folder: <c>runs/ablation/</c>, deeper than where other commands look for runs.</summary>
/// <param name="workFolder">The work folder.</param>
public sealed class AblationStore(string workFolder)
{
    /// <summary>Opens a run, or begins it. A student's run gets the finished teacher of another run as its own, by a link.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cohort">The cohort.</param>
    /// <exception cref="InvalidOperationException">Its teacher is not trained yet.</exception>
    public RunFolder Open(AblationRun run, Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(run);
        var folder = Exists(run.Name) ? RunFolder.Open(workFolder, run.Name) : RunFolder.Begin(workFolder, run.Name, run.Options, cohort);
        if (run.Teacher is { } teacher && !folder.IsFinished("teacher"))
        {
            if (!IsFinished(teacher))
            {
                throw new InvalidOperationException($"{run.Name} needs the teacher of {teacher}, which is not trained");
            }

            Link(RunFolder.Open(workFolder, teacher), folder);
        }

        return folder;
    }

    /// <summary>Whether a run was trained and measured.</summary>
    public bool IsFinished(string name) => Exists(name) && RunFolder.Open(workFolder, name).Outcome() is { End: RunEnd.Completed };

    /// <summary>What a run found of one network; null where it is not finished.</summary>
    public ModelResult? Result(string name, string phase) => Run(name)?.Models.Single(model => model.Phase == phase);

    /// <summary>What a run found; null where it is not finished.</summary>
    public RunResult? Run(string name) => IsFinished(name) ? DurableFile.ReadJson<RunResult>(RunFolder.Open(workFolder, name)["result.json"]) : null;

    private bool Exists(string name) => File.Exists(Path.Combine(workFolder, "runs", name, "cohort.json"));

    /// <summary>A link, not a copy: a teacher at the paper's size takes gigabytes, and it is never written to again. Its evaluation, which marks the phase as finished, comes last.</summary>
    private static void Link(RunFolder teacher, RunFolder student)
    {
        var link = student["checkpoints/teacher"];
        if (!Directory.Exists(link))
        {
            Directory.CreateSymbolicLink(link, Path.GetRelativePath(student["checkpoints"], teacher["checkpoints/teacher"]));
        }

        DurableFile.Write(student.EvaluationFile("teacher"), File.ReadAllText(teacher.EvaluationFile("teacher")));
    }
}
