using System.Text.RegularExpressions;
using MhdNet.Host.Commands;
using MhdNet.Host.Machines;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Hosts with workers on other machines: real processes, on loopback and in network namespaces.</summary>
public sealed class MachineTests
{
    /// <summary>
    /// A worker of machine b is ready; the group is the name of the machine's visit. On a busy machine the first visit may be too late, and
    /// the second is the one.
    /// </summary>
    internal const string Ready = @"Worker (b(?:#\d+)?)/1\.\d+ is ready";

    // Where no machine is to be lost, none is, however busy this one is.
    private const string Unhurried = "mhdnet.dispatch.machine-lease = 10m";
    private const string Killed = @"Worker b/1\.\d+ ended \(signal 9 \(SIGKILL\), exit code 137\)";
    private static readonly string[] Patients = [.. Enumerable.Range(1, 24).Select(i => $"P{i:00}")];

    [Fact]
    public async Task Workers_of_a_machine_with_other_paths_do_jobs_and_their_deaths_count()
    {
        using var drop = new SmallDrop(Patients);
        CookieFile.Create(drop.At("cookie"));
        Directory.CreateDirectory(drop.At("work"));
        Directory.CreateSymbolicLink(drop.At("mounted"), drop.At("."));
        drop.Faults(["P07 segv", .. Patients.Select(patient => $"{patient} slow")]);
        using (var undisturbed = Program.Start(drop.FaultFile, drop.Host("undisturbed", "", "--once", "--workers", "2")))
        {
            Assert.True(await undisturbed.Ended() == 0, undisturbed.Output);
        }

        var at = $"{Ports.Loopback()}:{Ports.Free()}";
        string[] arguments = drop.Host("work", Unhurried, "--workers", "1", "--listen", at, "--cookie-file", drop.At("cookie"));
        using var machine = Program.Start(drop.FaultFile, [.. Machine(drop, at), .. Mapped(drop)]);
        await machine.Line("no host listens");
        using (var host = Program.Start(drop.FaultFile, arguments))
        {
            await machine.Line("joined");
            for (var process = 1; !Regex.IsMatch(drop.Log("work"), Killed); process++)
            {
                await drop.UntilLog("work", $"Worker b/1.{process} is ready");
                machine.Children().ToList().ForEach(Program.KillProcess);
                await machine.Line($"worker 1.{process} ended"); // by that, or by the poison
                await drop.UntilLog("work", $"Worker b/1.{process} ended");
            }

            await drop.UntilAll("work", item => item.State is ItemState.Done or ItemState.Quarantined);
            host.Signal(Program.Terminate);
            Assert.True(await host.Ended() == 0, host.Output);
        }

        await machine.Line("ended the workers here");
        machine.Signal(Program.Terminate);
        Assert.Equal(ExitCode.Ok, await machine.Ended());
        Assert.Equal(drop.Result("undisturbed"), drop.Result("work"));
        Assert.Contains("Machine b joined", drop.Log("work"), StringComparison.Ordinal);
        var poison = drop.Item("work", "P07");
        Assert.Equal((ItemState.Quarantined, 3, LedgerRules.WorkerDied), (poison.State, poison.Deaths, poison.Reason?.Code));
        Assert.Contains("SIGSEGV", poison.Reason!.Sentence, StringComparison.Ordinal);
        Assert.Contains("a test asked for the fault 'segv'", poison.Reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_takes_its_machine_down_again_and_again_is_quarantined_and_nobody_else_is()
    {
        using var drop = new SmallDrop("P1", "P2", "P3");
        CookieFile.Create(drop.At("cookie"));
        drop.Faults(["P2 machine", "P hang"]); // so the host's own worker does not come to P2 first, nor end the others before it is lost
        var port = Ports.Free();
        const string Settings = "mhdnet.dispatch.machine-lease = 4s\nmhdnet.ledger.max-deaths = 2";
        string[] listening = ["--workers", "1", "--listen", $"127.0.0.1:{port}", "--cookie-file", drop.At("cookie")];
        using var host = Program.Start(drop.FaultFile, drop.Host("work", Settings, listening));
        await drop.UntilRunning("work", 1);
        Assert.Equal(ItemState.Running, drop.Item("work", "P1").State);
        for (var machine = 1; machine <= 3; machine++)
        {
            using var keeper = Program.Start(drop.FaultFile, ["worker", "--join", $"127.0.0.1:{port}", "--cookie-file", drop.At("cookie"), "--name", "b", "--workers", $"{(machine == 1 ? 2 : 1)}"]);
            Assert.Equal(128 + Program.Kill, await keeper.Ended());
            await drop.Until("work", "P2", item => item.Losses == machine);
            drop.Faults(["P2 machine"]); // the innocent ones are read now
        }

        var poison = drop.Item("work", "P2");
        Assert.Equal((ItemState.Quarantined, 3, 0, MachineLossRules.MachineLost), (poison.State, poison.Losses, poison.Deaths, poison.Reason?.Code));
        Assert.Contains("lost, 3 times, all but the first with nothing else to read", poison.Reason!.Sentence, StringComparison.Ordinal);
        host.Children().ToList().ForEach(Program.KillProcess); // the one that hangs
        await drop.Until("work", "P1", item => item.State == ItemState.Done);
        host.Signal(Program.Terminate);
        Assert.True(await host.Ended() == 0, host.Output);
    }

    [Fact]
    public async Task A_machine_with_another_cookie_is_told_so_and_the_host_logs_it()
    {
        using var drop = new SmallDrop("P1");
        CookieFile.Create(drop.At("cookie"));
        CookieFile.Create(drop.At("other"));
        var port = Ports.Free();
        using var host = Program.Start(drop.Host("work", "", "--workers", "1", "--listen", $"127.0.0.1:{port}", "--cookie-file", drop.At("cookie")));
        await host.Line(": 2 sequences");
        var (code, output) = await Program.Run("worker", "--join", $"127.0.0.1:{port}", "--cookie-file", drop.At("other"));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("has another cookie", output, StringComparison.Ordinal);
        await drop.UntilLog("work", "Someone without this host's cookie tried to join");
    }

    [Fact]
    public async Task A_machine_whose_program_is_of_another_version_is_told_so_and_the_host_logs_it()
    {
        using var drop = new SmallDrop("P1");
        CookieFile.Create(drop.At("cookie"));
        var other = OtherVersion.In(drop.At("other"), build: 77);
        var port = Ports.Free();
        using var host = Program.Start(drop.Host("work", "", "--workers", "1", "--listen", $"127.0.0.1:{port}", "--cookie-file", drop.At("cookie")));
        await host.Line(": 2 sequences");
        using var machine = Program.Start(null, ["worker", "--join", $"127.0.0.1:{port}", "--cookie-file", drop.At("cookie"), "--name", "b"], program: other);
        Assert.Equal(ExitCode.Environment, await machine.Ended());
        var refusal = $"The worker is {Software.Name.Replace("0.1.0", "0.1.77", StringComparison.Ordinal)} and speaks version {Register.Version} of the protocol, the host is {Software.Name} and speaks version {Register.Version}. Install the same program on both.";
        Assert.Contains(refusal, machine.Output, StringComparison.Ordinal);
        await drop.UntilLog("work", refusal);
    }

    [Fact]
    public async Task A_machine_with_another_folder_at_the_work_folder_s_path_is_told_so()
    {
        using var drop = new SmallDrop("P1");
        CookieFile.Create(drop.At("cookie"));
        Directory.CreateDirectory(drop.At("elsewhere"));
        var port = Ports.Free();
        using var host = Program.Start(drop.Host("work", "", "--workers", "1", "--listen", $"127.0.0.1:{port}", "--cookie-file", drop.At("cookie")));
        await host.Line(": 2 sequences");
        var (code, output) = await Program.Run("worker", "--join", $"127.0.0.1:{port}", "--cookie-file", drop.At("cookie"), "--map", $"{drop.At("work")}={drop.At("elsewhere")}");
        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains($"{drop.At("elsewhere")} on this machine is not the host's work folder {drop.At("work")}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_has_worked_and_whose_folders_are_away_when_it_joins_again_waits_for_them()
    {
        using var drop = new SmallDrop("P1");
        CookieFile.Create(drop.At("cookie"));
        Directory.CreateDirectory(drop.At("work"));
        Directory.CreateSymbolicLink(drop.At("mounted"), drop.At("."));
        var at = $"127.0.0.1:{Ports.Free()}";
        string[] arguments = drop.Host("work", Unhurried, "--workers", "1", "--listen", at, "--cookie-file", drop.At("cookie"));
        using var machine = Program.Start([.. Machine(drop, at), .. Mapped(drop)]);
        await machine.Line("no host listens");
        using (var first = Program.Start(arguments))
        {
            await machine.Line("joined");
            await drop.UntilLog("work", "Worker b/1.1 is ready");
            first.Signal(Program.Terminate);
            Assert.True(await first.Ended() == 0, first.Output);
        }

        Directory.Delete(drop.At("mounted"));
        using var second = Program.Start(arguments);
        await machine.Line("is not there. Mount the folder, or correct --map of 'mhdnet worker'. This machine has worked before, so it tries again every 10 s.");
        Directory.CreateSymbolicLink(drop.At("mounted"), drop.At("."));
        await machine.Line("joined");
    }

    [Fact]
    public async Task Workers_of_a_machine_that_are_never_ready_are_told_of_where_the_machine_was_joined_and_by_the_host_s_status()
    {
        using var drop = new SmallDrop("P1");
        CookieFile.Create(drop.At("cookie"));
        drop.Faults("worker stillborn");
        var at = $"127.0.0.1:{Ports.Free()}";
        using var host = Program.Start(drop.Host("work", Unhurried, "--workers", "1", "--listen", at, "--cookie-file", drop.At("cookie")));
        using var machine = Program.Start(drop.FaultFile, Machine(drop, at));
        const string Sentence = "workers: Worker processes end before they are ready";
        await machine.Line(Sentence);
        await drop.UntilStatus("work", status => status.Contains($"DEGRADED: machine b, {Sentence}", StringComparison.Ordinal));
        drop.Faults();
        await machine.Line("workers: as it should be again");
        await drop.UntilStatus("work", status => !status.Contains("DEGRADED", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_machine_whose_cable_is_pulled_comes_back_and_nothing_is_lost_or_done_twice()
    {
        using var network = Network.Of(machines: 2);
        using var drop = new SmallDrop(Patients);
        CookieFile.Create(drop.At("cookie"));
        drop.Faults("P hang"); // so both workers have a job in their hands
        using (var undisturbed = Program.Start(drop.Host("undisturbed", "", "--once", "--workers", "2")))
        {
            Assert.True(await undisturbed.Ended() == 0, undisturbed.Output);
        }

        var at = $"{Network.Address(1)}:4810";
        using var machine = Program.Start(drop.FaultFile, ["worker", "--join", at, "--cookie-file", drop.At("cookie"), "--name", "b", "--workers", "1"], network.On(2));
        string[] listening = ["--workers", "1", "--listen", at, "--cookie-file", drop.At("cookie")];
        using var host = Program.Start(drop.FaultFile, drop.Host("work", "mhdnet.dispatch.machine-lease = 8s", listening), network.On(1));
        await drop.UntilLogMatches("work", Ready);
        await drop.UntilRunning("work", 2);
        var visit = await drop.UntilLogMatches("work", Ready);
        network.Cut(2);
        var what = "the end of the machine's workers, before the host gives its job to another";
        await Patience.Until(what, () => AreGone(machine, drop), () => $"{Seen.Files(drop.At("work"))}; {machine.Output}");
        await machine.Line("does not answer any more");
        await drop.UntilLog("work", $"Machine {visit} is lost");
        var lost = await drop.UntilLogMatches("work", $@"Worker {visit}/1\.\d+ ended \(lost, exit code 0\) with (P\d\d)");
        drop.Faults();
        network.Mend(2);
        await drop.UntilLogMatches("work", $@"Machine {visit} is lost[\s\S]*{Ready}");
        host.Children().ToList().ForEach(Program.KillProcess); // the one that still hangs
        await drop.UntilAll("work", item => item.State == ItemState.Done);
        host.Signal(Program.Terminate);
        Assert.True(await host.Ended() == 0, host.Output);
        Assert.Equal(drop.Result("undisturbed"), drop.Result("work"));
        Assert.Equal((1, 0, 0), (drop.Item("work", lost).Attempts, drop.Item("work", lost).Deaths, drop.Item("work", lost).Losses)); // the same process came back: it had only been cut off
    }

    private static string[] Machine(SmallDrop drop, string host) =>
        ["worker", "--join", host, "--config", drop.At("work.hocon"), "--cookie-file", drop.At("cookie"), "--name", "b", "--workers", "1"];

    private static string[] Mapped(SmallDrop drop) =>
        ["--map", $"{drop.At("drop")}={drop.At("mounted")}/drop", "--map", $"{drop.At("work")}={drop.At("mounted")}/work"];

    /// <summary>
    /// Whether a machine has no worker any more. What the log says is read first: who is still there after it called the machine lost is
    /// there too long.
    /// </summary>
    private static bool AreGone(Program machine, SmallDrop drop)
    {
        var isLost = drop.Log("work").Contains("is lost", StringComparison.Ordinal);
        var workers = machine.Children();
        Assert.False(isLost && workers.Count > 0, $"The machine is called lost, and has workers {string.Join(' ', workers)}");
        return workers.Count == 0;
    }
}
