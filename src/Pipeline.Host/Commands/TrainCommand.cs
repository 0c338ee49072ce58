using System.CommandLine;
using MhdNet.Host.Hosting;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet train</c>.</summary>
internal static class TrainCommand
{
    private const string Teacher = "teacher", Student = "student", All = "all";

    public static Command Create()
    {
        var (work, labels, preset, set, config, device) = (CommandOptions.Work(), CommandOptions.Labels(), CommandOptions.Preset(), CommandOptions.Set(), CommandOptions.Config(), CommandOptions.Device());
        labels.Description = WorkLabels.Description;
        var phase = new Option<string>("--phase")
        {
            Description = "teacher: trains and measures the teacher, then stops. student: goes on from the newest run's finished teacher to the end. all: both.",
            HelpName = "teacher|student|all",
            DefaultValueFactory = _ => All,
        };
        var resume = new Option<bool>("--resume") { Description = "Goes on with the newest run, which was killed, stopped or failed, instead of beginning a new one; with the options it began with." };
        var command = new Command("train", "Trains on the sequences of a work folder, without watching anything: teacher and memory, student, and the plain network for comparison; then evaluates and writes the report.")
        {
            work, labels, preset, set, config, phase, resume, device,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var folder = parsed.GetRequiredValue(work);
            WorkFolders.RequireSequences(folder);
            var file = WorkLabels.Given(parsed.GetValue(labels), folder);
            var asked = Phase(parsed.GetRequiredValue(phase));
            var goesOn = parsed.GetValue(resume) || asked == Student;
            var optionsGiven = new Option[] { preset, set }.Any(option => parsed.GetResult(option) is { Implicit: false });
            var (name, options) = Settings.Preset(parsed.GetRequiredValue(preset), parsed.GetValue(set) ?? []);
            var typed = LabelsCheck.Require(file, options);
            Natives.Require();
            var where = CommandOptions.DeviceOf(parsed.GetRequiredValue(device));
            using var held = WorkFolder.Open(folder.FullName, TimeProvider.System, out _);
            var run = goesOn ? RequireRun(held.FullPath, asked, optionsGiven ? options : null) : null;
            RequirePhase(asked, run?.Options ?? options);
            if (run is not null && parsed.GetValue(labels) is not null)
            {
                LabelsCheck.RequireSame(file, run);
            }

            var settings = Settings.Load(parsed.GetValue(config));
            Natives.RequireArithmetic(settings, where, run is null ? $"preset {name}" : $"run {run.Name}", run?.Options ?? typed);
            if (where.CudaIndex is null && MemoryAdvice.Of(run?.Preset ?? name, run?.Options ?? typed, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) is { } advice)
            {
                await Console.Error.WriteLineAsync(advice).ConfigureAwait(false);
            }

            var plan = new HostPlan(null, held, file, name, options, Once: true, settings)
            {
                NewRun = !goesOn,
                Resume = goesOn,
                LastPhase = asked == Teacher ? Teacher : null,
                Device = where,
            };
            return await PipelineHost.Run(plan, stop).ConfigureAwait(false);
        });
        return command;
    }

    private static string Phase(string word) => word is Teacher or Student or All
        ? word
        : throw new InputException($"There is no phase '{word}'. Give teacher, student or all.");

    /// <summary>A run of one branch knows neither teacher nor student.</summary>
    private static void RequirePhase(string asked, MhdOptions options)
    {
        if (asked != All && !RunFolder.Phases(options).Contains(asked))
        {
            throw new InputException($"--phase is {asked}, and this run has no such phase: its network is {options.Network.ToString().ToLowerInvariant()}, which trains {string.Join(", ", RunFolder.Phases(options))}. Leave --phase out.");
        }
    }

    private static RunFolder RequireRun(string work, string asked, MhdOptions? given)
    {
        var run = RunFolder.Resumable(work) ?? throw new InputException(RunFolder.All(work) is [.., var newest]
            ? $"{newest.Path} was completed, so there is nothing to go on with. Begin a new run: --phase teacher, then --phase student, or both at once without --phase."
            : $"No run of {work} was begun yet. {(asked == Student ? "Train a teacher first with --phase teacher." : "Leave --resume out to begin one.")}");
        if (asked == Student && run.HasStudent && !run.IsFinished(Teacher))
        {
            throw new InputException($"The teacher of {run.Path} is not finished, and a student learns from a finished one. Finish it with --resume --phase teacher.");
        }

        if (given is not null && run.Differences(given) is { Count: > 0 } differences)
        {
            throw new InputException($"{run.Path} goes on with the options it began with, and --preset and --set give others: in the run {string.Join("; ", differences)}. Leave --preset and --set out, or begin a new run.");
        }

        return run;
    }
}
