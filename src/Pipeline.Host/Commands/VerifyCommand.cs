using System.CommandLine;
using MhdNet.Host.Status;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Ingest.Verification;
using Spectre.Console;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var (work, json) = (CommandOptions.Work(), CommandOptions.Json());
        var command = new Command(
            "verify",
            "Compares the ledger with the disk: every sequence of every finished item is there and has the bytes that were stored, and nothing else lies there. Reads all of it and changes nothing; works while a host runs. Exit code 1 where something is wrong.")
        {
            work, json,
        };
        command.SetAction((parsed, stop) => Task.FromResult(Print(Path.GetFullPath(parsed.GetRequiredValue(work).FullName), parsed.GetValue(json), stop)));
        return command;
    }

    private static int Print(string work, bool json, CancellationToken stop)
    {
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(work));
        var report = new Verifier(ledger, new SequenceStore(work), HostNote.Read(work) is not null).Run(stop);
        if (json)
        {
            Console.WriteLine(report.ToJson());
        }
        else
        {
            Table(report);
            Console.WriteLine(report.Sentence);
        }

        return report.Faults.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Table(VerifyReport report)
    {
        if (report.Faults.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Item", "Fault", "What to do");
        foreach (var fault in report.Faults)
        {
            table.AddRow(Markup.Escape(fault.Item), fault.Code, Markup.Escape(fault.Sentence));
        }

        Terminal.Tables().Write(table);
    }
}
