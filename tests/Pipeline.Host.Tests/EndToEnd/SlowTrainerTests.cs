using System.Text.RegularExpressions;
using MhdNet.Training.Tests.Cohorts;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>A real host whose trainer is slow, with much to train on and much to read.</summary>
public sealed class SlowTrainerTests
{
    private const int Workers = 2;
    private const int Sequences = 120; // of each of two patients: an epoch of 120 batches, 380 MB as tensors
    private const long Megabyte = 1 << 20;
    private static readonly string[] Sixty = [.. Enumerable.Range(1, 60).Select(i => $"P{i:00}")];
    private static readonly string[] Network =
    [
        .. new[] { "frames=24", "size=64", "width=4", "teacher_blocks=1,1,1,1", "student_blocks=1,1,1,1", "kappa=3", "attention_kernel=3",
            "reduction=2", "batch=2", "teacher_epochs=100" }.SelectMany(set => (string[])["--set", set]),
    ];

    [Fact]
    public async Task However_slow_the_trainer_is_jobs_in_hand_and_memory_stay_bounded_and_reading_goes_on()
    {
        using var drop = new SmallDrop(Sixty);
        Directory.Move(drop.At("drop"), drop.At("later"));
        Directory.CreateDirectory(drop.At("drop"));
        using var store = new TemporaryFolder();
        new SmallStore(store, frames: 24, size: 64)
            .Patient("A1", "A", "train", ct: Sequences).Patient("B1", "B", "train", ct: Sequences).Patient("A2", "A", "val", ct: 1).Patient("B2", "B", "test", ct: 1).Labels();
        drop.Faults(["trainer slow", .. Sixty.Select(patient => $"{patient} slow")]);
        Directory.CreateSymbolicLink(drop.At("work"), store.Path);
        using var host = Program.Start(drop.FaultFile, drop.Host("work", "", ["--workers", $"{Workers}", "--labels", store["labels.csv"], .. Network]));
        await host.Line("slow trainer: teacher, batch 1");
        var before = host.PeakMemory();
        Array.ForEach(Sixty, patient => Directory.Move(Path.Combine(drop.At("later"), patient), Path.Combine(drop.At("drop"), patient)));
        for (var read = 0; read < Sixty.Length; read++)
        {
            await host.Line(": 2 sequences");
        }

        await host.Line("slow trainer: teacher, batch ");
        var batches = Regex.Count(host.Output, "slow trainer: teacher, batch ");
        Assert.InRange(batches, 4, 99 * Sequences); // it has begun, and is not near its end
        Assert.Equal(Workers, drop.MostRunning("work"));
        Assert.InRange(host.PeakMemory() - before, 0, 480 * Megabyte); // 210 to 290 here, most of it torch's own; with everything read ahead it is 770
        host.Signal(Program.Terminate);
        Assert.True(await host.Ended() == 0, host.Output);
    }
}
