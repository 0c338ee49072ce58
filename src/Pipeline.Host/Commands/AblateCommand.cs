using System.CommandLine;
using MhdNet.Host.Ablations;
using MhdNet.Host.Hosting;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Ablation;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Network.Sizes;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using TorchSharp;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet ablate</c>.</summary>
internal static class AblateCommand
{
    public static Command Create()
    {
        var (work, labels, preset, config, device) = (CommandOptions.Work(), CommandOptions.Labels(), CommandOptions.Preset(), CommandOptions.Config(), CommandOptions.Device());
        labels.Description = WorkLabels.Description;
        var set = new Option<string>("--set") { Description = $"Which table: {string.Join(", ", AblationSets.Names)}.", HelpName = "NAME", Required = true };
        var seeds = new Option<int>("--seeds") { Description = "Trains every variant so many times, with the seeds S, S+1, … of the preset's seed S.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var parallel = new Option<int?>("--parallel") { Description = "Runs trained at the same time; they share the cores. Default: as many as there are cores and memory for, on a GPU one.", HelpName = "N" };
        var options = new Option<string[]>("--set-option") { Description = "Overrides one field of the preset for all variants; may be repeated. Example: --set-option teacher_epochs=2", HelpName = "FIELD=VALUE" };
        var command = new Command("ablate", "Trains and measures variants of the method on the same patients with the same seeds, and prints a table beside the paper's (docs/ablations.md). What was trained before is not trained again; Ctrl-C stops, the same command goes on.")
        {
            work, labels, set, seeds, preset, options, parallel, device, config,
        };
        command.SetAction(async (parsed, stop) => await Ablate(
            parsed.GetRequiredValue(work), parsed.GetValue(labels), parsed.GetRequiredValue(set), parsed.GetValue(seeds),
            Settings.Preset(parsed.GetRequiredValue(preset), parsed.GetValue(options) ?? []), parsed.GetValue(options) ?? [], parsed.GetValue(parallel), parsed.GetRequiredValue(device), Settings.Load(parsed.GetValue(config)), stop).ConfigureAwait(false));
        return command;
    }

    private static async Task<int> Ablate(
        DirectoryInfo work, FileInfo? labelsGiven, string setName, int seedCount, (string Name, MhdOptions Options) preset, string[] overrides, int? parallel, string deviceName,
        Akka.Configuration.Config config, CancellationToken stop)
    {
        if (seedCount is < 1 or > 100)
        {
            throw new InputException($"--seeds is {seedCount}; give a number from 1 to 100.");
        }

        var set = Set(setName, preset.Options, overrides);
        WorkFolders.RequireSequences(work);
        var labels = WorkLabels.Given(labelsGiven, work);
        LabelsCheck.Require(labels, preset.Options);
        Natives.Require();
        var device = CommandOptions.DeviceOf(deviceName);
        using var held = WorkFolder.Open(work.FullName, TimeProvider.System, out _);
        var cohort = Cohort(held.Store, labels, preset.Options, TrainingSettings.From(config).MinimumPatients);
        int[] seeds = [.. Enumerable.Range(preset.Options.Seed, seedCount)];
        var plan = AblationPlan.Of(set.Variants, cohort, preset.Name, seeds);
        var step = StepMemory.Of(preset.Options with { Types = cohort.Types });
        var lanes = AblationLanes.Of(parallel, device, Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, step);
        if (lanes.Threads is { } threads)
        {
            torch.set_num_threads(threads); // of every thread that computes from now on
        }

        Natives.RequireArithmetic(config, device, $"the variants of {setName}", [.. set.Variants.Select(variant => variant.Options)]);
        return await AblationHost.Run(plan, new AblationStore(held.FullPath), new AblationReport(held.FullPath, set, plan, preset.Name, overrides, seeds), device, lanes.Count, config, stop).ConfigureAwait(false);
    }

    /// <summary>The variants, each with options that can be trained.</summary>
    private static AblationSet Set(string name, MhdOptions options, string[] overrides)
    {
        try
        {
            var set = AblationSets.Of(name, options, overrides);
            var broken = set.Variants.SelectMany(variant => OptionsRules.Check(variant.Options).Select(problem => $"--set {name}, variant '{variant.Name}': {problem}")).ToList();
            return broken.Count == 0 ? set : throw new InputException(string.Join(Environment.NewLine, broken));
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--set {name}: {e.Message}");
        }
    }

    /// <summary>One cohort for all variants and seeds: its splits are those of the preset's seed.</summary>
    private static Cohort Cohort(SequenceStore store, string labelsFile, MhdOptions options, int minimumPatients)
    {
        var labels = LabelsFile.Read(labelsFile, options.Types);
        var read = CohortReader.Read(store, labels, SplitRules.Assign(labels, options.TestShare, options.ValidationShare, options.Seed), options.Frames);
        foreach (var note in read.Notes)
        {
            Console.WriteLine(note);
        }

        var readiness = Readiness.Of(read.Cohort, minimumPatients);
        return readiness.CanStart ? read.Cohort : throw new InputException("There is too little to train on. " + string.Join(" ", readiness.Sentences));
    }
}
