using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using Outcome = MhdNet.Ingest.Items.Outcome;

namespace MhdNet.Ingest.Tests.Ledger;

public class LedgerRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Reason Why = new("truncated", "a.dcm is cut short");

    [Fact]
    public void Exactly_these_steps_are_legal()
    {
        var legal = from before in Enum.GetValues<ItemState>() from after in Enum.GetValues<ItemState>() where LedgerRules.IsLegal(before, after) select $"{before}>{after}";
        Assert.Equal(
            [
                "Seen>Ready", "Seen>Rejected", "Seen>Quarantined", "Ready>Seen", "Ready>Running", "Ready>Rejected", "Running>Ready", "Running>Done",
                "Running>Rejected", "Running>Quarantined", "Done>Seen", "Done>Ready", "Rejected>Seen", "Rejected>Ready", "Quarantined>Seen", "Quarantined>Ready",
            ],
            legal);
    }

    [Property(MaxTest = 500)]
    public Property No_rule_leads_to_an_illegal_step_and_none_loses_an_item() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ListOf().ToArbitrary(),
        script =>
        {
            var item = LedgerRules.Observe(null, Seen(0, new Standing.Growing()), Now)[^1];
            foreach (var number in script)
            {
                var before = item;
                foreach (var next in Apply(item, number))
                {
                    Assert.True(next.State == item.State || LedgerRules.IsLegal(item.State, next.State), $"{item.State} to {next.State}");
                    item = next;
                }

                Assert.Equal(before.Id, item.Id);
                Assert.InRange(item.Attempts, 0, 3);
                Assert.InRange(item.Deaths, 0, 3);
                Assert.True(item.State is not (ItemState.Rejected or ItemState.Quarantined) || item.Reason is not null);
                Assert.True(item.State is ItemState.Done || item.Sequences == 0 || item.State is ItemState.Running);
            }
        });

    [Fact]
    public void Three_failures_quarantine_with_the_last_reason_and_doubled_waits()
    {
        var item = Ready();
        List<double?> waits = [];
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            item = LedgerRules.Start(item, Now);
            item = Assert.Single(LedgerRules.Finish(item, new Outcome.Failed(Why with { Sentence = $"attempt {attempt}" }), TimeSpan.Zero, Now, LedgerSettings.Default));
            waits.Add((item.RetryAt - Now)?.TotalSeconds);
        }

        Assert.Equal([5, 10, null], waits);
        Assert.Equal((ItemState.Quarantined, 3, "attempt 3"), (item.State, item.Attempts, item.Reason!.Sentence));
    }

    [Fact]
    public void Files_that_changed_under_a_running_job_make_its_result_stale()
    {
        var running = LedgerRules.Start(Ready(), Now);
        running = Assert.Single(LedgerRules.Observe(running, Seen(7, new Standing.Growing()), Now));
        Assert.Equal(ItemState.Running, running.State);
        var rows = LedgerRules.Finish(running, new Outcome.Done(2), TimeSpan.Zero, Now, LedgerSettings.Default);
        Assert.Equal([ItemState.Done, ItemState.Seen], rows.Select(row => row.State));
        Assert.Equal((0, false), (rows[^1].Attempts, rows[^1].Changed));
    }

    [Fact]
    public void A_done_item_goes_on_only_when_its_files_changed()
    {
        var done = LedgerRules.Finish(LedgerRules.Start(Ready(), Now), new Outcome.Done(2), TimeSpan.Zero, Now, LedgerSettings.Default)[^1];
        Assert.Empty(LedgerRules.Observe(done, Seen(0, new Standing.Complete()), Now));
        Assert.Equal(
            [ItemState.Seen, ItemState.Ready],
            LedgerRules.Observe(done, Seen(1, new Standing.Complete()), Now).Select(row => row.State));
        Assert.Same(done, LedgerRules.Vanish(done, Now));
    }

    [Fact]
    public void A_ready_item_whose_files_vanish_is_rejected_and_comes_back_with_them()
    {
        var gone = LedgerRules.Vanish(Ready(), Now)!;
        Assert.Equal((ItemState.Rejected, "deleted"), (gone.State, gone.Reason!.Code));
        Assert.Empty(LedgerRules.Retry(gone, Now));
        Assert.Equal(ItemState.Ready, LedgerRules.Observe(gone, Seen(0, new Standing.Complete()), Now)[^1].State);
        Assert.Null(LedgerRules.Vanish(Ready() with { State = ItemState.Seen }, Now));
    }

    [Fact]
    public void An_attempt_that_was_handed_back_does_not_count()
    {
        var item = Assert.Single(LedgerRules.HandBack(LedgerRules.Start(Ready(), Now), Now));
        Assert.Equal((ItemState.Ready, 0), (item.State, item.Attempts));
    }

    [Fact]
    public void What_was_renamed_is_found_under_its_new_name_and_its_reason_tells_that()
    {
        var refused = LedgerRules.Finish(LedgerRules.Start(Ready(), Now), new Outcome.Rejected(new Reason("no-tissue", "/drop/p/a.svs has none")), TimeSpan.Zero, Now, LedgerSettings.Default)[^1];
        var renamed = Assert.Single(LedgerRules.Observe(refused, Seen(0, new Standing.Complete()) with { Path = "p/b.svs" }, Now));
        Assert.Equal(("p/b.svs", ItemState.Rejected, "/drop/p/b.svs has none"), (renamed.Path, renamed.State, renamed.Reason!.Sentence));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(7, 300)]
    [InlineData(int.MaxValue, 300)]
    public void The_wait_doubles_up_to_its_limit(int attempts, double seconds) =>
        Assert.Equal(seconds, LedgerSettings.Default.DelayAfter(attempts).TotalSeconds);

    private static ItemRecord Ready() => LedgerRules.Observe(null, Seen(0, new Standing.Complete()), Now)[^1];

    private static ItemObservation Seen(int content, Standing standing) =>
        new(ItemId.OfSlide("p", "p/a.svs"), ItemKind.Slide, "p", "p/a.svs", $"content {content}", standing);

    private static IReadOnlyList<ItemRecord> Apply(ItemRecord item, int number)
    {
        var choice = number / 8 % 4;
        return (number % 8) switch
        {
            0 => LedgerRules.Observe(item, Seen(number / 32 % 3, new Standing.Growing()), Now),
            1 => LedgerRules.Observe(item, Seen(number / 32 % 3, new Standing.Complete()), Now),
            2 => LedgerRules.Observe(item, Seen(number / 32 % 3, choice > 1 ? new Standing.Refused(Why) : new Standing.Unreadable(Why)), Now),
            3 => LedgerRules.Vanish(item, Now) is { } next ? [next] : [],
            4 when choice > 1 => LedgerRules.Die(item, new WorkerDeath("exit code 1", TimeSpan.Zero, []), Now, LedgerSettings.Default),
            4 => LedgerRules.HandBack(item, Now),
            5 => choice > 1 ? LedgerRules.Retry(item, Now) : LedgerRules.Lose(item, Now),
            _ when item.State == ItemState.Ready => [LedgerRules.Start(item, Now)],
            _ => LedgerRules.Finish(
                item,
                choice switch { 0 => new Outcome.Done(3), 1 => new Outcome.Rejected(Why), _ => new Outcome.Failed(Why) },
                TimeSpan.Zero,
                Now,
                LedgerSettings.Default),
        };
    }
}
