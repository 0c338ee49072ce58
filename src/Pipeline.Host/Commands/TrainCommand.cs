using System.CommandLine;
using MhdNet.Host.Hosting;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Results;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var (work, labels, preset, set, config) = (CommandOptions.Work(), CommandOptions.Labels(), CommandOptions.Preset(), CommandOptions.Set(), CommandOptions.Config());
        labels.Required = true;
        var resume = new Option<bool>("--resume") { Description = "Goes on with the newest run where it stopped, instead of beginning a new one." };
        var command = new Command("train", "Trains on the sequences of a work folder, without watching anything: teacher and memory, student, and the plain network for comparison; then evaluates and writes the report.")
        {
            work, labels, preset, set, config, resume,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var folder = parsed.GetRequiredValue(work);
            var file = parsed.GetValue(labels)!.FullName;
            var (name, options) = Settings.Preset(parsed.GetRequiredValue(preset), parsed.GetValue(set) ?? []);
            LabelsCheck.Require(file, options);
            WorkFolders.RequireSequences(folder);
            Natives.Require();
            using var held = WorkFolder.Open(folder.FullName, TimeProvider.System, out _);
            var unfinished = RunFolder.Unfinished(held.FullPath);
            if (parsed.GetValue(resume) && unfinished is null)
            {
                throw new InputException($"No run of {folder.FullName} was interrupted, so there is nothing to resume. Leave --resume out to begin a new run.");
            }

            var plan = new HostPlan(null, held, file, name, options, Once: true, Settings.Load(parsed.GetValue(config))) { NewRun = !parsed.GetValue(resume) };
            return await PipelineHost.Run(plan, stop).ConfigureAwait(false);
        });
        return command;
    }
}
