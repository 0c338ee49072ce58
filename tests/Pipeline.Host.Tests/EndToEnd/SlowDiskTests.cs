namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>A real host with real workers on a disk that is much slower than they are.</summary>
public sealed class SlowDiskTests
{
    private const int Workers = 2;
    private const long Megabyte = 1 << 20;
    private static readonly string[] Patients = [.. Enumerable.Range(1, 24).Select(i => $"P{i:00}")];

    [SkippableFact]
    public async Task However_slow_the_disk_is_jobs_in_hand_and_memory_stay_bounded_and_the_result_is_the_same()
    {
        using var drop = new SmallDrop(Patients);
        var disk = new SlowDisk(drop.At("syncs"), TimeSpan.FromMilliseconds(50));
        var before = disk.Before();
        using (var quick = Program.Start(drop.Host("quick", "", "--once", "--workers", $"{Workers}")))
        {
            Assert.True(await quick.Ended() == 0, quick.Output);
        }

        using var host = Program.Start(null, drop.Host("slow", "", "--once", "--workers", $"{Workers}"), before);
        await Read(host, 4);
        var early = host.PeakMemory();
        await Read(host, Patients.Length - 8);
        Assert.InRange(host.PeakMemory() - early, 0, 64 * Megabyte);
        await Read(host, 4);
        Assert.True(await host.Ended() == 0, host.Output);
        Assert.Equal(Workers, drop.MostRunning("slow"));
        Assert.InRange(disk.Count(), 4 * Patients.Length, int.MaxValue); // the item taken, its sequences and manifest stored, the item ended
        Assert.Equal(drop.Result("quick"), drop.Result("slow"));
    }

    private static async Task Read(Program host, int items)
    {
        for (var done = 0; done < items; done++)
        {
            await host.Line(": 2 sequences");
        }
    }
}
