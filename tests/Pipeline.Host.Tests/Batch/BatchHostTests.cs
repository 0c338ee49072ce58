using MhdNet.Host.Batch;
using MhdNet.Host.Commands;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Phantom;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Tests.Batch;

public sealed class BatchHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task One_broken_slide_stops_nothing_and_a_second_call_reads_nothing_again()
    {
        SlidePhantom.Write(_folder["good.tif"], 0, 3, 1);
        await File.WriteAllTextAsync(_folder["broken.svs"], "not a slide");
        Assert.Equal(ExitCode.Quarantined, await Run("broken.svs", "good.tif"));
        Assert.Equal([ItemState.Quarantined, ItemState.Done], Items().Select(item => item.State));
        Assert.Equal(3, Items()[0].Attempts);
        var written = Directory.GetLastWriteTimeUtc(Path.Combine(_folder["work"], "sequences", Items()[1].Id.Value));

        var second = new StringWriter();
        Assert.Equal(ExitCode.Quarantined, await Run(second, default, "broken.svs", "good.tif"));
        Assert.Contains("(2 of them before)", second.ToString(), StringComparison.Ordinal);
        Assert.Equal(written, Directory.GetLastWriteTimeUtc(Path.Combine(_folder["work"], "sequences", Items()[1].Id.Value)));
        var rows = await File.ReadAllLinesAsync(Path.Combine(_folder["work"], "summary.csv"));
        Assert.Equal(3, rows.Length);
        Assert.Contains("not-a-slide", rows[1], StringComparison.Ordinal);
        Assert.Contains("| quarantined | not-a-slide | 1 |", await File.ReadAllTextAsync(Path.Combine(_folder["work"], "summary.md")), StringComparison.Ordinal);
        var tiles = await File.ReadAllLinesAsync(Path.Combine(_folder["work"], "tiles", Items()[1].Id + ".csv"));
        Assert.Equal(tiles, await File.ReadAllLinesAsync(Path.Combine(_folder["work"], "tiles.csv")));
    }

    [Fact]
    public async Task A_batch_that_was_stopped_goes_on_where_it_was()
    {
        SlidePhantom.Write(_folder["good.tif"], 0, 3, 1);
        var told = new StringWriter();
        Assert.Equal(ExitCode.Failed, await Run(told, new CancellationToken(canceled: true), "good.tif"));
        Assert.Equal(ItemState.Ready, Assert.Single(Items()).State);
        Assert.Contains("0 of 1 slides tiled, 0 rejected, 0 quarantined, 1 not finished", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await Run("good.tif"));
        Assert.Equal(ItemState.Done, Assert.Single(Items()).State);
    }

    [Fact]
    public async Task A_batch_that_was_stopped_tells_of_every_slide()
    {
        SlidePhantom.Write(_folder["old.tif"], 0, 3, 1);
        SlidePhantom.Write(_folder["new.tif"], 0, 3, 2);
        await Run("old.tif");
        var told = new StringWriter();
        Assert.Equal(ExitCode.Failed, await Run(told, new CancellationToken(canceled: true), "new.tif", "old.tif"));
        Assert.Contains("1 of 2 slides tiled, 0 rejected, 0 quarantined, 1 not finished (1 of them before)", told.ToString(), StringComparison.Ordinal);
        Assert.Contains("stopped with 1 slide to go", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(["new,not finished", "old,done"], (await File.ReadAllLinesAsync(Path.Combine(_folder["work"], "summary.csv"))).Skip(1).Select(Words));

        static string Words(string row) => row.Split(',') is [var slide, _, _, var state, ..] ? $"{slide},{state}" : row;
    }

    [Fact]
    public async Task A_dry_run_leaves_alone_what_is_finished()
    {
        SlidePhantom.Write(_folder["good.tif"], 0, 3, 1);
        await File.WriteAllTextAsync(_folder["broken.svs"], "not a slide");
        await Run("good.tif");
        var before = Files();
        var settings = new SlideSettings();
        var told = new StringWriter();
        using (var plan = WorkFolder.Open(DryRun.Folder(_folder["work"]), TimeProvider.System, out _))
        {
            Assert.Equal(ExitCode.Quarantined, await DryRun.Over([(_folder["good.tif"], settings), (_folder["broken.svs"], settings)], plan, Host.Hosting.Settings.Load(null), new BatchWorkers(2), told, default));
        }

        Assert.Equal(before, Files());
        Assert.Single(Directory.GetFiles(_folder["work/plan/quality"], "*.jpg"));
        Assert.Contains("not-a-slide", await File.ReadAllTextAsync(_folder["work/plan/plan.csv"]), StringComparison.Ordinal);
        Assert.Contains("2 of 2 slides planned", told.ToString(), StringComparison.Ordinal);
        Assert.Equal(["quality", "tiles"], Directory.GetDirectories(_folder["work/plan"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(_folder["work/plan/ledger.db"]));

        List<string> Files() => [.. Directory.EnumerateFiles(_folder["work"], "*", SearchOption.AllDirectories).Where(file => !file.Contains("/plan/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(file => $"{file} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")];
    }

    [Fact]
    public async Task Slides_without_sequences_are_taken_again_only_where_that_is_asked_for()
    {
        await File.WriteAllTextAsync(_folder["broken.svs"], "not a slide");
        SlidePhantom.Write(_folder["good.tif"], 0, 3, 1);
        var settings = new SlideSettings { Level = 99 }; // no such level: rejected
        await Tile(["broken.svs", "good.tif"], retry: false, settings, new StringWriter(), default);
        await Tile(["broken.svs", "good.tif"], retry: false, settings, new StringWriter(), default);
        Assert.Equal([ItemState.Quarantined, ItemState.Rejected], Items().Select(item => item.State));
        Assert.Equal([3, 1], Items().Select(item => Begun(item.Id)));
        Assert.Equal(ExitCode.Quarantined, await Tile(["broken.svs", "good.tif"], retry: true, settings, new StringWriter(), default));
        Assert.Equal([ItemState.Quarantined, ItemState.Rejected], Items().Select(item => item.State));
        Assert.Equal([6, 2], Items().Select(item => Begun(item.Id))); // attempts count anew
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<ItemRecord> Items()
    {
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(_folder["work"]));
        return ledger.Items();
    }

    private int Begun(ItemId item)
    {
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(_folder["work"]));
        return ledger.Transitions(item).Count(transition => transition.To == ItemState.Running);
    }

    private Task<int> Run(params string[] names) => Run(new StringWriter(), default, names);

    private Task<int> Run(StringWriter output, CancellationToken stop, params string[] names) => Tile(names, retry: false, new SlideSettings { MaxSequences = 1 }, output, stop);

    private async Task<int> Tile(string[] names, bool retry, SlideSettings settings, StringWriter output, CancellationToken stop)
    {
        using var work = WorkFolder.Open(_folder["work"], TimeProvider.System, out _);
        var config = Host.Hosting.Settings.Load(null);
        return await BatchHost.Run([.. names.Select(name => (_folder[name], settings))], work, config, new BatchWorkers(2), retry, output, stop);
    }
}
