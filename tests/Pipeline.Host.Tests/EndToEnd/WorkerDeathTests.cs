using MhdNet.Host.Commands;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Hosts with real worker processes that are killed, crash, hang and leak.</summary>
public sealed class WorkerDeathTests
{
    private static readonly string[] Sixty = [.. Enumerable.Range(1, 60).Select(i => $"P{i:00}")];

    [Fact]
    public async Task Workers_killed_at_random_change_nothing_of_the_result()
    {
        using var drop = new SmallDrop(Sixty);
        drop.Faults(Sixty.Select(patient => $"{patient} slow"));
        using (var undisturbed = Program.Start(drop.FaultFile, drop.Host("undisturbed", "", "--once", "--workers", "2")))
        {
            await Read(undisturbed, 10);
            var early = undisturbed.PeakMemory();
            await Read(undisturbed, 50);
            Assert.InRange(undisturbed.PeakMemory() - early, 0, 64 << 20); // what waits is in the ledger, not in the host
            Assert.True(await undisturbed.Ended() == 0, undisturbed.Output);
        }

        Assert.Equal(2, drop.MostRunning("undisturbed")); // however slow the workers are

        var (random, kills) = (new Random(3), 0);
        using (var host = Program.Start(drop.FaultFile, drop.Host("killed", "", "--once", "--workers", "2")))
        {
            for (var i = 0; i < 8; i++)
            {
                await Read(host, 6);
                if (kills == 0)
                {
                    await drop.UntilRunning("killed", 2); // so one at least costs a worker that reads
                }

                if (host.Children() is { Count: > 0 } children)
                {
                    Program.KillProcess(children[random.Next(children.Count)]);
                    kills++;
                }
            }

            Assert.True(await host.Ended() == 0, host.Output);
        }

        Assert.InRange(drop.MostRunning("killed"), 1, 2);
        Assert.True(kills >= 6, $"only {kills} kills");
        Assert.Contains(drop.Items("killed"), item => item.Deaths > 0);
        Assert.Equal(drop.Result("undisturbed"), drop.Result("killed"));
    }

    [Fact]
    public async Task Files_that_crash_hang_and_leak_are_quarantined_with_the_evidence_and_the_others_are_read()
    {
        using var drop = new SmallDrop(patients: ["hang"], large: ["segv", "overflow", "leak", "good1", "good2", "good3"]);
        drop.Faults("segv segv", "overflow overflow", "hang hang", "leak leak", "good slow");
        // 6 s for what hangs, and 12 minutes for all else: only a standstill brings that to this limit before it comes to its own.
        const string Limits = "mhdnet.dispatch { time-limit = 2s, time-limit-per-gb = 10000m, memory-limit = 600MB }";
        using var host = Program.Start(drop.FaultFile, drop.Host("work", Limits, "--once", "--workers", "2"));
        await host.Line("good1");
        Assert.Empty(Decoders.MappedBy(host.Id)); // what crashes is not even there
        await Patience.Until(
            "a worker with decoders that the system ends first",
            () => host.Children().Any(worker => Decoders.AreIn(worker, "openslide") && OomScoreOf(worker) == $"{OomScore.OfWorkers}"),
            () => Seen.Files(drop.At("work")));
        Assert.True(await host.Ended() == 0, host.Output);

        foreach (var patient in (string[])["good1", "good2", "good3"])
        {
            Assert.Equal((ItemState.Done, 0), (drop.Item("work", patient).State, drop.Item("work", patient).Deaths));
        }

        foreach (var (patient, evidence) in ((string, string)[])[("segv", "SIGSEGV"), ("overflow", "SIGABRT"), ("hang", "raise mhdnet.dispatch.time-limit"), ("leak", "raise mhdnet.dispatch.memory-limit")])
        {
            var item = drop.Item("work", patient);
            Assert.Equal((ItemState.Quarantined, 3, LedgerRules.WorkerDied), (item.State, item.Deaths, item.Reason?.Code));
            Assert.Contains(evidence, item.Reason!.Sentence, StringComparison.Ordinal);
            Assert.Contains($"a test asked for the fault '{patient}'", item.Reason.Sentence, StringComparison.Ordinal);
            Assert.Equal(3, item.DeathNotes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(note => note.Contains("attempt 1: ", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_host_that_is_killed_takes_its_workers_along_and_what_it_knew_of_deaths_stays()
    {
        using var drop = new SmallDrop("P1");
        drop.Faults("P1 segv");
        IReadOnlyList<int> workers;
        using (var host = Program.Start(drop.FaultFile, drop.Host("work", "mhdnet.ledger.max-deaths = 1000", "--workers", "1")))
        {
            await drop.Until("work", "P1", item => item.Deaths > 0);
            drop.Faults("P1 hang");
            await drop.Until("work", "P1", item => item is { State: ItemState.Running, Deaths: > 0 });
            workers = host.Children();
            host.Signal(Program.Kill);
            await host.Ended();
        }

        await Program.Gone(workers);
        var deaths = drop.Item("work", "P1").Deaths;
        drop.Faults();
        var (code, output) = await Program.Run(drop.Host("work", "", "--once", "--workers", "1"));
        Assert.True(code == 0, output);
        Assert.Equal((ItemState.Done, deaths), (drop.Item("work", "P1").State, drop.Item("work", "P1").Deaths));
    }

    [Fact]
    public async Task Stopped_while_a_worker_hangs_a_host_ends_in_time_and_no_one_is_blamed()
    {
        using var drop = new SmallDrop("P1");
        drop.Faults("P1 hang");
        using var host = Program.Start(drop.FaultFile, drop.Host("work", "", "--workers", "1"));
        await drop.Until("work", "P1", item => item.State == ItemState.Running);
        host.Signal(Program.Terminate);
        Assert.Equal(ExitCode.Ok, await host.Ended());
        Assert.Equal((ItemState.Ready, 0, 0), (drop.Item("work", "P1").State, drop.Item("work", "P1").Deaths, drop.Item("work", "P1").Attempts));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Path.GetDirectoryName(drop.FaultFile)!, "work", "staging")));
    }

    [Fact]
    public async Task A_worker_that_nobody_started_ends_with_a_sentence()
    {
        var (code, output) = await Program.Run("worker", "1.1");
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("is started by 'mhdnet run'", output, StringComparison.Ordinal);
    }

    private static string OomScoreOf(int worker)
    {
        try
        {
            return File.ReadAllText($"/proc/{worker}/oom_score_adj").Trim();
        }
        catch (IOException)
        {
            return "it has ended";
        }
    }

    private static async Task Read(Program host, int items)
    {
        for (var done = 0; done < items; done++)
        {
            await host.Line(": 2 sequences");
        }
    }
}
