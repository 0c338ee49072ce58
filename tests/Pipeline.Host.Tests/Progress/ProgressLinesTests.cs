using MhdNet.Host.Progress;
using MhdNet.Host.Status;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using Spectre.Console;

namespace MhdNet.Host.Tests.Progress;

public class ProgressLinesTests
{
    private const string Path = "P1/a\n[00:00:00] P2: slide b.svs: 9 sequences \u001b[2J é 日本.svs";

    private static readonly ItemRecord Item = new(new ItemId("P1-slide-0123456789"), ItemKind.Slide, "P1", Path, ItemState.Rejected) { Reason = new Reason("no-tissue", $"/drop/{Path} has none") };

    [Fact]
    public void A_name_with_line_breaks_and_escapes_is_one_line_and_does_nothing_to_a_terminal()
    {
        var line = ProgressLines.Of(new ItemChanged(Item))!;
        Assert.DoesNotContain(line, char.IsControl);
        Assert.Contains(@"P1/a\n[00:00:00] P2: slide b.svs: 9 sequences \x1b[2J é 日本.svs", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_items_shows_it_so_too()
    {
        var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No });
        console.Profile.Width = 400;
        var reported = new StatusReport.Item("id", "slide", "P1", Path, "rejected", null, null, 0, 0, 0, 0, null, null, default, null);
        StatusTable.Print(console, new StatusReport([reported], [], new Dictionary<string, int>()), all: true);
        Assert.Contains(@"a\n[00:00:00] P2: slide b.svs: 9 sequences \x1b[2J", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text.ToString());
    }
}
