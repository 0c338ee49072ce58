using System.CommandLine;
using MhdNet.Host.Hosting;
using MhdNet.Host.Machines;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var drop = new Option<DirectoryInfo>("--drop") { Description = "The folder that is watched: DROP/<patient>/… with DICOM files and slides. Never written to.", HelpName = "DIR", Required = true };
        var once = new Option<bool>("--once") { Description = "Ends when nothing is left to do, instead of watching on." };
        var inProcess = new Option<bool>("--in-process") { Description = "Reads scans in the host's own process, without worker processes: for debugging. A file that crashes a decoder then ends the host." };
        var workers = CommandOptions.Workers();
        var pseudonymize = new Option<FileInfo?>("--pseudonymize") { Description = "Puts a salted hash in the place of every patient's id, wherever it would be written or shown; the salt is in FILE.", HelpName = "FILE" };
        var standby = new Option<bool>("--standby") { Description = "Waits while another host works on the work folder, and takes over when that is gone. Give the other options as to the first host; --listen has an address of its own." };
        var (listen, cookie) = (Listening.ListenOption(), Listening.CookieOption());
        var (work, labels, preset, set, config) = (CommandOptions.Work(), CommandOptions.Labels(), CommandOptions.Preset(), CommandOptions.Set(), CommandOptions.Config());
        var command = new Command(
            "run",
            "Watches a drop folder: turns CT series and slides into sequences, trains when every type of the labels is there, evaluates, types the patients without a label, writes a report, and watches on. Ctrl-C stops; the next start goes on.")
        {
            drop, work, labels, preset, set, config, workers, once, inProcess, listen, cookie, standby, pseudonymize,
        };
        command.SetAction((parsed, stop) =>
        {
            var folder = parsed.GetRequiredValue(drop);
            return Run(
                folder,
                parsed.GetRequiredValue(work),
                parsed.GetValue(labels)?.FullName ?? Path.Combine(folder.FullName, "labels.csv"),
                Settings.Preset(parsed.GetRequiredValue(preset), parsed.GetValue(set) ?? []),
                CommandOptions.With(parsed.GetValue(workers), Settings.Load(parsed.GetValue(config))),
                parsed.GetValue(once),
                labelsGiven: parsed.GetValue(labels) is not null,
                optionsGiven: new Option[] { preset, set }.Any(option => parsed.GetResult(option) is { Implicit: false }),
                parsed.GetValue(pseudonymize),
                parsed.GetValue(inProcess),
                Listening.Of(parsed.GetValue(listen), parsed.GetValue(cookie), parsed.GetValue(inProcess)),
                parsed.GetValue(standby),
                stop);
        });
        return command;
    }

    private static async Task<int> Run(
        DirectoryInfo drop, DirectoryInfo work, string labels, (string Name, MhdOptions Options) preset, Akka.Configuration.Config config, bool once, bool labelsGiven, bool optionsGiven, FileInfo? salt, bool inProcess, Listening? listening, bool standby, CancellationToken stop)
    {
        CheckDrop(drop, work, once);
        if (labelsGiven && !File.Exists(labels))
        {
            throw new InputException($"There is no labels file {labels}. Give the right path, or leave --labels out: labels.csv in the drop folder is then used as soon as it is there.");
        }

        var pseudonyms = salt is null ? null : Salt(salt);
        if (File.Exists(labels) && pseudonyms is not null)
        {
            LabelsCheck.RequireHidden(labels, preset.Options, pseudonyms);
        }
        else if (File.Exists(labels))
        {
            LabelsCheck.Require(labels, preset.Options);
        }

        if (inProcess)
        {
            Natives.RequireDecoders();
        }

        Natives.RequireTorch();
        using var folder = standby ? await Standby.Take(work.FullName, new Progress.PlainView(Console.Out, TimeProvider.System).Line, stop).ConfigureAwait(false) : WorkFolder.Open(work.FullName, TimeProvider.System, out _);
        if (folder is null)
        {
            return ExitCode.Ok; // stopped while it stood by
        }

        PseudonymMark.Require(folder, pseudonyms);
        // The newest run may go on, or type patients who come later.
        MhdOptions[] options = [preset.Options, .. RunFolder.All(folder.FullPath).TakeLast(1).Select(run => run.Options)];
        Natives.RequireArithmetic(config, null, $"preset {preset.Name}", options);
        if (optionsGiven && RunFolder.All(folder.FullPath) is [.., var newest] && newest.Differences(preset.Options) is { Count: > 0 } differences)
        {
            await Console.Error.WriteLineAsync($"{newest.Path} keeps the options it began with, and --preset and --set give others: in the run {string.Join("; ", differences)}. 'mhdnet train' begins a new run.").ConfigureAwait(false);
        }

        var plan = new HostPlan(drop.FullName, folder, labels, preset.Name, preset.Options, once, config) { Pseudonyms = pseudonyms, Resume = true, InProcess = inProcess, Listening = listening };
        if (pseudonyms is not null && File.Exists(labels))
        {
            LabelsMirror.Copy(labels, plan.LabelsRead, pseudonyms);
        }

        return await PipelineHost.Run(plan, stop).ConfigureAwait(false);
    }

    private static Pseudonyms Salt(FileInfo file)
    {
        try
        {
            return Pseudonyms.Read(file.FullName);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(e.Message);
        }
    }

    private static void CheckDrop(DirectoryInfo drop, DirectoryInfo work, bool once)
    {
        if (!drop.Exists)
        {
            throw new InputException($"There is no drop folder {drop.FullName}. Create it, or give the right path.");
        }

        if ((work.FullName + "/").StartsWith(drop.FullName.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw new InputException($"The work folder {work.FullName} is inside the drop folder {drop.FullName}, which would read its own output. Choose a work folder outside.");
        }

        try
        {
            if (once && !drop.EnumerateFileSystemInfos().Any())
            {
                throw new InputException($"The drop folder {drop.FullName} is empty, so there is nothing to do once. Copy DROP/<patient>/… there first, or leave --once out to wait for it.");
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException($"The drop folder {drop.FullName} cannot be read: {e.Message} Give this user the right to read it.");
        }
    }
}
