using System.CommandLine;
using System.Globalization;
using Akka.Configuration;
using MhdNet.Host.Hosting;
using MhdNet.Host.Model;
using MhdNet.Training.Options;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet model</c>.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        var (preset, set) = (CommandOptions.Preset(), CommandOptions.Set());
        var types = new Option<int?>("--types") { Description = "Number of tumour types. Default: those of the preset, else the paper's 8.", HelpName = "N" };
        var step = new Option<bool>("--step") { Description = "Also runs one training step of teacher and student on drawn input and prints time and peak memory. The paper preset takes minutes and many GiB." };
        var batch = new Option<int>("--batch") { Description = "Samples of that step, all with pathology.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var config = CommandOptions.Config();
        var command = new Command("model", "Prints the networks of a preset as a table: modules, output shapes, parameters, multiply-adds, beside the paper's totals.") { preset, set, types, step, batch, config };
        command.SetAction(parsed => Print(
            Settings.Preset(parsed.GetRequiredValue(preset), parsed.GetValue(set) ?? []), parsed.GetValue(types), parsed.GetValue(step) ? parsed.GetValue(batch) : 0, parsed.GetResult(batch) is { Implicit: false } && !parsed.GetValue(step),
            Settings.Load(parsed.GetValue(config))));
        return command;
    }

    private static int Print((string Name, MhdOptions Options) preset, int? types, int batch, bool batchWithoutStep, Config config)
    {
        if (batchWithoutStep)
        {
            throw new InputException("--batch is the size of the step that --step runs. Add --step, or leave --batch out.");
        }

        if (types is < 2 or > 1000)
        {
            throw new InputException($"--types is {types}; give a number from 2 to 1000.");
        }

        var named = preset.Options with { Types = types is null && preset.Options.Types.Count > 0 ? preset.Options.Types : Names(types ?? 8) };
        Natives.RequireTorch();
        if (batch is not 0 and (< 1 or > 64))
        {
            throw new InputException($"--batch is {batch}; give a number from 1 to 64.");
        }

        ModelTable.Print(Console.Out, preset.Name, named);
        if (batch == 0)
        {
            return ExitCode.Ok;
        }

        Natives.RequireArithmetic(config, null, $"preset {preset.Name}", named);
        return MeasuredStep.Run(Console.Out, named, batch);
    }

    private static string[] Names(int types) => [.. Enumerable.Range(1, types).Select(type => string.Create(CultureInfo.InvariantCulture, $"type{type}"))];
}
