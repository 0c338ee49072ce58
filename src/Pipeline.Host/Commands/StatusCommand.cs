using System.CommandLine;
using MhdNet.Host.Status;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var work = CommandOptions.Work();
        var json = CommandOptions.Json();
        var all = new Option<bool>("--all") { Description = "Lists the items that are done, too." };
        var command = new Command("status", "Says where every item of the drop folder stands and why, and how the runs are doing. Works while a host is running and after.") { work, json, all };
        command.SetAction(parsed => Print(parsed.GetRequiredValue(work).FullName, parsed.GetValue(json), parsed.GetValue(all)));
        return command;
    }

    private static int Print(string work, bool json, bool all)
    {
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(work));
        var report = StatusReport.Of(ledger) with { Host = HostNote.Read(work)?.ForStatus() };
        if (json)
        {
            Console.WriteLine(report.ToJson());
            return ExitCode.Ok;
        }

        StatusTable.Print(Terminal.Tables(), report, all);
        return ExitCode.Ok;
    }
}
