using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Ledger;

public class MachineLossTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MachineLoss Loss = new("machine nodeB was not heard of any more", TimeSpan.FromSeconds(2));

    private static ItemRecord Item { get; } = new(ItemId.OfSlide("p", "p/s.svs"), ItemKind.Slide, "p", "p/s.svs", ItemState.Ready) { UpdatedAt = At, Content = "c" };

    [Fact]
    public void The_first_loss_makes_suspect_and_the_third_alone_quarantines_with_all_of_them()
    {
        var item = Item;
        for (var loss = 1; loss <= 4; loss++)
        {
            item = Lose(item);
            Assert.Equal((loss <= 3 ? ItemState.Ready : ItemState.Quarantined, loss, 0, 0), (item.State, item.Losses, item.Deaths, item.Attempts));
        }

        Assert.Equal(MachineLossRules.MachineLost, item.Reason!.Code);
        Assert.Contains("lost, 4 times, all but the first with nothing else to read. 2026-01-01T00:00:00.000Z, attempt 1: machine nodeB was not heard of any more, after 2.0 s; ", item.Reason.Sentence, StringComparison.Ordinal);
        Assert.Equal(3, item.DeathNotes.Split("with nothing else to read").Length - 1);
        var again = Assert.Single(LedgerRules.Retry(item, At));
        Assert.Equal((ItemState.Ready, 0, ""), (again.State, again.Losses, again.DeathNotes));
    }

    [Fact]
    public void A_machine_that_was_only_cut_off_takes_its_loss_back()
    {
        var once = Assert.Single(MachineLossRules.Acquit(Lose(Item), "nodeB", At));
        Assert.Equal((ItemState.Ready, 0, null), (once.State, once.Losses, once.Reason));
        var item = Enumerable.Range(0, 4).Aggregate(Item, (before, _) => Lose(before));
        var back = Assert.Single(MachineLossRules.Acquit(item, "nodeB", At));
        Assert.Equal((ItemState.Ready, 3), (back.State, back.Losses));
        Assert.Contains("had only been cut off", back.Reason!.Sentence, StringComparison.Ordinal);
        Assert.Empty(MachineLossRules.Acquit(Item, "nodeB", At));
        var done = LedgerRules.Finish(LedgerRules.Start(back, At), new MhdNet.Ingest.Items.Outcome.Done(1), TimeSpan.Zero, At, LedgerSettings.Default)[^1];
        Assert.Empty(MachineLossRules.Acquit(done, "nodeB", At)); // it was read meanwhile
    }

    [Fact]
    public void What_changed_or_was_deleted_meanwhile_is_not_suspect()
    {
        var running = LedgerRules.Start(Item, At);
        Assert.Equal((ItemState.Seen, 0), (Suspect(running with { Changed = true, Content = "new" })[^1].State, Suspect(running with { Changed = true, Content = "new" })[^1].Losses));
        Assert.Equal("deleted", Assert.Single(Suspect(running with { Content = "" })).Reason!.Code);
        Assert.Empty(Suspect(Item)); // not running any more
    }

    [Fact]
    public void A_host_that_ends_without_order_counts_against_what_was_suspect_already_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        ItemRecord Running(string name, int losses) => Item with { Id = ItemId.OfSlide("p", name), Path = name, State = ItemState.Running, Attempts = 1, Losses = losses };
        using (var killed = WorkFolder.Open(folder["work"], TimeProvider.System, out _))
        {
            using var ledger = LedgerFile.Open(killed.LedgerPath, killed.Mark);
            ledger.Write(Running("innocent", 0));
            ledger.Write(Running("suspect", 1));
            ledger.Write(Running("poison", 3));
        }

        using var next = WorkFolder.Open(folder["work"], TimeProvider.System, out _);
        using var reader = LedgerReader.Open(next.LedgerPath);
        Assert.Equal(
            [("innocent", ItemState.Ready, 0), ("poison", ItemState.Quarantined, 4), ("suspect", ItemState.Ready, 2)],
            reader.Items().OrderBy(item => item.Path, StringComparer.Ordinal).Select(item => (item.Path, item.State, item.Losses)));
    }

    [Property]
    public Property However_losses_deaths_and_returns_follow_each_other_only_more_than_three_losses_that_stand_quarantine() => Prop.ForAll(
        Gen.Elements('l', 'a', 'd', 'h').ListOf(12).ToArbitrary(),
        script =>
        {
            var (item, losses, deaths) = (Item, 0, 0);
            foreach (var what in script)
            {
                if (what == 'a')
                {
                    item = MachineLossRules.Acquit(item, "nodeB", At) is [var acquitted] ? acquitted : item;
                    losses = Math.Max(0, losses - 1);
                }
                else if (item.State == ItemState.Ready)
                {
                    var running = LedgerRules.Start(item, At);
                    item = Assert.Single(what switch
                    {
                        'l' => Suspect(running),
                        'd' => LedgerRules.Die(running, new WorkerDeath("signal 11 (SIGSEGV), exit code 139", TimeSpan.Zero, []), At, LedgerSettings.Default),
                        _ => LedgerRules.HandBack(running, At),
                    });
                    (losses, deaths) = (losses + (what == 'l' ? 1 : 0), deaths + (what == 'd' ? 1 : 0));
                }

                Assert.Equal((losses, deaths, 0), (item.Losses, item.Deaths, what == 'a' || item.State == ItemState.Quarantined ? 0 : item.Attempts));
                Assert.Equal(losses > 3 || deaths >= 3 ? ItemState.Quarantined : ItemState.Ready, item.State);
                if (deaths >= 3)
                {
                    return; // no machine's return makes that good
                }
            }
        });

    private static ItemRecord Lose(ItemRecord item) => Assert.Single(Suspect(LedgerRules.Start(item, At)));

    private static IReadOnlyList<ItemRecord> Suspect(ItemRecord running) => MachineLossRules.Suspect(running, Loss, At, LedgerSettings.Default);
}
