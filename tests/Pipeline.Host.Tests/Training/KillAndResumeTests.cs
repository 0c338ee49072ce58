using System.Text;
using System.Text.RegularExpressions;
using MhdNet.Training.Results;

namespace MhdNet.Host.Tests.Training;

/// <summary>
/// Training is killed with SIGKILL again and again, at steps, between renames and in the middle of writing a checkpoint, and must end with the bytes of a run that was
/// never disturbed.
/// </summary>
public sealed class KillAndResumeTests
{
    /// <summary>What the child is seen doing when it is killed: a folder of a phase's checkpoints appears for the n-th time.</summary>
    private static readonly (string Phase, string Folder, int Times)[] Kills =
    [
        ("teacher", "last", 1), // after the first step
        ("teacher", "last.new", 2), // while a checkpoint is written
        ("teacher", "best.new", 1), // at the end of an epoch
        ("teacher", "last.old", 2), // between two renames
        ("student", "last.new", 2),
        ("student", "best.new", 1),
        ("student", "last", 2),
        ("baseline", "last", 2),
        ("baseline", "last.new", 3),
    ];

    [Fact]
    public async Task Killed_anywhere_and_resumed_it_ends_with_the_bytes_of_an_undisturbed_run()
    {
        using var whole = new TinyWork();
        await Train(whole.Path, "--preset", whole.Preset);
        using var killed = new TinyWork("checkpoint-steps = 1");
        var (kills, halfWritten) = (0, 0);
        foreach (var (phase, folder, times) in Kills)
        {
            string[] how = kills == 0 ? ["--preset", killed.Preset] : ["--preset", killed.Preset, "--resume"];
            if (await KilledAt(killed.Path, phase, folder, times, how))
            {
                kills++;
                halfWritten += HalfWritten(killed).Any() ? 1 : 0;
            }
            else if (killed.Run.Outcome() is { End: RunEnd.Completed })
            {
                break; // a machine so busy that the child was through before the kill reached it
            }
        }

        if (killed.Run.Outcome() is not { End: RunEnd.Completed })
        {
            await Train(killed.Path, "--resume");
        }

        Assert.True(kills >= 5 && halfWritten >= 1, $"killed {kills} times, {halfWritten} times while writing");
        Same(whole, killed);
        Assert.Empty(HalfWritten(killed));
    }

    [Theory]
    [InlineData("auto", "1")]
    [InlineData("always", "(8|16)")]
    public async Task Two_runs_of_one_seed_give_the_same_metrics_and_the_same_weights(string padding, string block)
    {
        using var first = new TinyWork($"channel-padding = {padding}");
        using var second = new TinyWork($"channel-padding = {padding}");
        await Train(first.Path, "--preset", first.Preset);
        await Train(second.Path, "--preset", second.Preset);

        Same(first, second);
        var machine = Assert.Single(first.Run.Machines);
        Assert.Matches(machine.Computed.CachesVisible ? $"^{block}$" : "^(1|8|16)$", machine.Computed.ChannelPadding.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith("passed", machine.Computed.SelfTest, StringComparison.Ordinal);
        Assert.Contains("\"channel_padding\"", File.ReadAllText(Directory.GetFiles(Path.Combine(first.Path, "predictions")).Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_command_gives_the_same_bytes_and_the_phases_may_be_trained_one_by_one()
    {
        using var whole = new TinyWork();
        await Train(whole.Path, "--preset", whole.Preset);
        using var parts = new TinyWork();
        var output = await Train(parts.Path, "--preset", parts.Preset, "--phase", "teacher");
        Assert.Contains("The teacher is trained and measured, as asked.", output, StringComparison.Ordinal);
        Assert.Equal((true, false), (parts.Run.IsFinished("teacher"), parts.Run.IsFinished("student")));
        Assert.Equal(RunEnd.Stopped, parts.Run.Outcome()!.End);
        await Train(parts.Path, "--phase", "student");
        Assert.Equal(RunEnd.Completed, parts.Run.Outcome()!.End);
        Same(whole, parts);
    }

    private static async Task<string> Train(string work, params string[] more)
    {
        using var child = TrainProcess.Start(work, more);
        var (exitCode, output, errors) = await child.End();
        Assert.True(exitCode == 0, output + errors);
        return output;
    }

    private static IEnumerable<string> HalfWritten(TinyWork work) => Directory.EnumerateDirectories(work.Run["checkpoints"], "*", SearchOption.AllDirectories)
        .Where(folder => folder.EndsWith(".new", StringComparison.Ordinal) || folder.EndsWith(".old", StringComparison.Ordinal));

    private static async Task<bool> KilledAt(string work, string phase, string folder, int times, string[] more)
    {
        var seen = 0;
        using var watcher = new FileSystemWatcher(work) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.DirectoryName };
        using var child = TrainProcess.Start(work, more);
        void Look(string path)
        {
            if (Regex.IsMatch(path, $@"/checkpoints/{phase}/{folder.Replace(".new", @"\.[0-9a-f]{8}\.new", StringComparison.Ordinal)}$") && Interlocked.Increment(ref seen) == times)
            {
                child.Kill();
            }
        }

        watcher.Created += (_, change) => Look(change.FullPath);
        watcher.Renamed += (_, change) => Look(change.FullPath);
        watcher.EnableRaisingEvents = true;
        var (exitCode, output, errors) = await child.End();
        Assert.True(exitCode is 0 or 128 + 9, output + errors);
        return exitCode != 0;
    }

    private static void Same(TinyWork expected, TinyWork actual)
    {
        var (one, other) = (expected.Results(), actual.Results());
        Assert.Equal(one.Keys, other.Keys);
        Assert.Equal(14, one.Keys.Count(name => name.EndsWith(".safetensors", StringComparison.Ordinal)));
        Assert.All(one, file => Assert.True(file.Value.AsSpan().SequenceEqual(other[file.Key]), $"{file.Key} differs{(file.Key.EndsWith(".csv", StringComparison.Ordinal) ? $":\n{Encoding.UTF8.GetString(file.Value)}\n{Encoding.UTF8.GetString(other[file.Key])}" : "")}"));
    }
}
