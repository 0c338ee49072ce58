using System.CommandLine;
using System.Text.Json;
using Akka.Configuration;
using MhdNet.Host.Hosting;
using MhdNet.Host.Report;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Inference;
using MhdNet.Training.Phases;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var work = CommandOptions.Work();
        var run = new Option<string?>("--run") { Description = "The run. Default: the newest completed one.", HelpName = "NAME" };
        var (config, json) = (CommandOptions.Config(), CommandOptions.Json());
        var command = new Command("evaluate", "Measures the networks of a completed run on its test patients again, from the stored sequences, and prints the table.") { work, run, config, json };
        command.SetAction(parsed => Evaluate(WorkFolders.FinishedRun(parsed.GetRequiredValue(work), parsed.GetValue(run)), Settings.Load(parsed.GetValue(config)), parsed.GetValue(json)));
        return command;
    }

    private static int Evaluate(RunFolder run, Config config, bool json)
    {
        Natives.Require();
        Natives.RequireArithmetic(config, null, $"run {run.Name}", run.Options);
        var result = new FinishedRun(run, new PhaseFactory()).Evaluate(TrainingSettings.From(config).BootstrapDraws);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, WorkJson.Options));
        }
        else
        {
            ResultTable.Print(Terminal.Tables(), result);
        }

        return result.Models.Any(model => model.Unreadable.Count > 0) ? ExitCode.Failed : ExitCode.Ok;
    }
}
