using MhdNet.Host.Commands;
using MhdNet.Host.Machines;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Two hosts over one work folder: one works, the other waits for its end, however that comes.</summary>
public sealed class StandbyTests : IDisposable
{
    private static readonly string[] Patients = [.. Enumerable.Range(1, 24).Select(i => $"P{i:00}")];
    private readonly SmallDrop _drop = new(Patients);

    public StandbyTests() => _drop.Faults(Patients.Select(patient => $"{patient} slow"));

    public void Dispose() => _drop.Dispose();

    [Fact]
    public async Task A_host_that_is_killed_is_followed_by_its_standby_which_its_machines_join()
    {
        await Undisturbed();
        CookieFile.Create(_drop.At("cookie"));
        var (first, second) = ($"127.0.0.1:{Ports.Free()}", $"127.0.0.2:{Ports.Free()}");
        using var machine = Program.Start(_drop.FaultFile, ["worker", "--join", first, "--join", second, "--cookie-file", _drop.At("cookie"), "--name", "b", "--workers", "1"]);
        using var host = Program.Start(_drop.FaultFile, Host("--listen", first));
        await machine.Line($"joined {first}");
        using var standby = Program.Start(_drop.FaultFile, Host("--standby", "--listen", second));
        await standby.Line("standing by");
        await _drop.UntilLogMatches("work", MachineTests.Ready);
        await host.Line(": 2 sequences");
        host.Signal(Program.Kill);
        await standby.Line("this one takes over");
        await machine.Line($"joined {second}");
        await _drop.UntilAll("work", item => item.State == ItemState.Done);
        standby.Signal(Program.Terminate);
        Assert.True(await standby.Ended() == 0, standby.Output);
        Assert.Equal(_drop.Result("undisturbed"), _drop.Result("work"));
        Assert.All(_drop.Items("work"), item => Assert.Equal((1, 0), (item.Attempts, item.Deaths))); // killed with the host: nobody's attempt, nobody's death
    }

    [Fact]
    public async Task A_host_that_lost_its_lock_while_it_stood_still_writes_nothing_any_more_and_ends()
    {
        await Undisturbed();
        _drop.Faults("P held");
        using var host = Program.Start(_drop.FaultFile, Host());

        // So that it is stopped at rest: in the middle of a transaction it would hold the ledger's lock as long as it stands still.
        await _drop.UntilOneIsRead("work", "hang");
        await _drop.UntilRunning("work", 1);
        using var standby = Program.Start(_drop.FaultFile, Host("--standby", "--once"));
        await standby.Line("standing by");
        _drop.Faults("P slow");

        // A machine that is cut off from a share: it does nothing for a while, and the share's server gives its locks to others.
        host.Signal(Program.Pause);
        File.Delete(Path.Combine(_drop.At("work"), ".lock"));
        File.Delete(Path.Combine(_drop.At("work"), ".workers"));
        await standby.Line("this one takes over");
        await standby.Line(": 2 sequences");
        host.Signal(Program.GoOn);
        Assert.Equal(ExitCode.Failed, await host.Ended());
        Assert.Contains("Another host has taken over the work folder", host.Output, StringComparison.Ordinal);
        Assert.True(await standby.Ended() == 0, standby.Output);
        Assert.Equal(_drop.Result("undisturbed"), _drop.Result("work"));
        Assert.All(_drop.Items("work"), item => Assert.Equal((1, 0), (item.Attempts, item.Deaths)));
    }

    [Fact]
    public async Task A_standby_behind_a_worker_that_does_not_end_says_so_and_takes_over_once_it_has()
    {
        using var host = Program.Start(_drop.FaultFile, Host());
        await host.Line(": 2 sequences");
        using var standby = Program.Start(_drop.FaultFile, Host("--standby", "--once"));
        await standby.Line("standing by");
        var worker = Assert.Single(host.Children());
        Program.Signal(worker, Program.Pause);
        try
        {
            host.Signal(Program.Kill);
            await standby.Line("this one cannot take over yet. A worker process of an earlier mhdnet still holds the work folder");
        }
        finally
        {
            Program.Signal(worker, Program.GoOn); // it sees that its host is gone
        }

        await standby.Line("this one takes over");
        Assert.True(await standby.Ended() == 0, standby.Output);
        Assert.All(_drop.Items("work"), item => Assert.Equal((ItemState.Done, 1, 0), (item.State, item.Attempts, item.Deaths)));
    }

    [Fact]
    public async Task A_standby_that_is_stopped_leaves_the_host_alone()
    {
        using var host = Program.Start(_drop.FaultFile, Host());
        await host.Line(": 2 sequences");
        using var standby = Program.Start(Host("--standby"));
        await standby.Line("standing by");
        standby.Signal(Program.Terminate);
        Assert.Equal(ExitCode.Ok, await standby.Ended());
        await host.Line(": 2 sequences");
    }

    private string[] Host(params string[] more) =>
        _drop.Host("work", "mhdnet.dispatch.machine-lease = 4s", [.. more, .. more.Contains("--listen") ? (string[])["--cookie-file", _drop.At("cookie")] : [], "--workers", "1"]);

    private async Task Undisturbed()
    {
        using var undisturbed = Program.Start(_drop.Host("undisturbed", "", "--once", "--workers", "2"));
        Assert.True(await undisturbed.Ended() == 0, undisturbed.Output);
    }
}
