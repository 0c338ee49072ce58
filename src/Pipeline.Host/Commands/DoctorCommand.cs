using System.CommandLine;
using System.Text.Json;
using MhdNet.Host.Doctor;
using MhdNet.Host.Hosting;
using MhdNet.Ingest.Sequences;
using Spectre.Console;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var work = new Option<DirectoryInfo>("--work")
        {
            Description = "The folder whose disk and permissions are looked at.",
            HelpName = "DIR",
            DefaultValueFactory = _ => new DirectoryInfo("."),
        };
        var preset = CommandOptions.Preset();
        preset.Description = "Whose networks the arithmetic is tested on.";
        var (config, json) = (CommandOptions.Config(), CommandOptions.Json());
        var command = new Command("doctor", "Looks at what the program needs from this machine: native libraries, arithmetic, threads, memory, disk, device; names the fix of each problem.") { work, preset, config, json };
        command.SetAction(parsed => Print(Examination.Run(parsed.GetRequiredValue(work), Settings.Load(parsed.GetValue(config)), Settings.Preset(parsed.GetRequiredValue(preset), [])), parsed.GetValue(json)));
        return command;
    }

    private static int Print(IReadOnlyList<Finding> findings, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { findings }, WorkJson.Options));
        }
        else
        {
            var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
            foreach (var finding in findings)
            {
                table.AddRow(finding.Good ? "[green]ok[/]" : "[red]PROBLEM[/]", Markup.Escape(finding.Subject), Markup.Escape(finding.Observed + (finding.Fix is null ? "" : $"\n→ {finding.Fix}")));
            }

            Terminal.Tables().Write(table);
        }

        return findings.All(finding => finding.Good) ? ExitCode.Ok : ExitCode.Environment;
    }
}
