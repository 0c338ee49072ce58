using MhdNet.Ingest.Items;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Real hosts whose drop folder, or work folder, is away for a while, as that of a share is which does not answer.</summary>
public sealed class DropAwayTests
{
    private static readonly string[] Patients = [.. Enumerable.Range(1, 24).Select(i => $"P{i:00}")];

    [Fact]
    public async Task What_fails_meanwhile_is_no_attempt_and_all_is_read_once_the_folder_is_there_again()
    {
        using var drop = new SmallDrop(Patients);
        drop.Faults("P held");
        using var host = Program.Start(drop.FaultFile, drop.Host("work", "mhdnet.ledger.retry-delay = 50ms", "--workers", "2"));
        await drop.UntilOneIsRead("work", "held");
        Directory.Move(drop.At("drop"), drop.At("away"));
        drop.Faults("P slow");
        await drop.UntilStatus("work", status => status.Contains("DEGRADED: reading: The drop folder", StringComparison.Ordinal));
        await drop.UntilRunning("work", 0);
        Directory.Move(drop.At("away"), drop.At("drop"));
        await drop.UntilAll("work", item => item.State == ItemState.Done);
        await drop.UntilStatus("work", status => !status.Contains("DEGRADED", StringComparison.Ordinal) && !status.Contains("PROBLEM", StringComparison.Ordinal));
        Assert.All(drop.Items("work"), item => Assert.Equal((1, 0), (item.Attempts, item.Deaths)));
        host.Signal(Program.Terminate);
        Assert.True(await host.Ended() == 0, host.Output);
    }

    [Fact]
    public async Task A_work_folder_that_is_away_costs_no_attempt_and_no_part_of_the_host()
    {
        using var drop = new SmallDrop(Patients);
        drop.Faults("P held");
        using var host = Program.Start(drop.FaultFile, drop.Host("work", "", "--once", "--workers", "2"));
        await drop.UntilOneIsRead("work", "held");
        Directory.Move(drop.At("work"), drop.At("away"));
        drop.Faults("P slow");
        await host.Line("is not there (is the work folder's share or disk mounted?)");
        await host.Line("it is tried again after 4 s"); // more often than a part may fail
        Assert.False(Directory.Exists(drop.At("work"))); // nothing is made in its place
        Directory.Move(drop.At("away"), drop.At("work"));
        Assert.True(await host.Ended() == 0, host.Output);
        Assert.All(drop.Items("work"), item => Assert.Equal((ItemState.Done, 1, 0), (item.State, item.Attempts, item.Deaths)));
    }
}
