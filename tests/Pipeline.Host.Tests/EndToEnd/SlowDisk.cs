using System.Diagnostics;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>A disk on which every sync takes its time, for one program and its child processes: <c>strace</c> holds them up before each. Their process ids stay as they are.</summary>
/// <param name="log">Where the syncs are written down.</param>
/// <param name="delay">What each takes.</param>
internal sealed class SlowDisk(string log, TimeSpan delay)
{
    private const string Syncs = "fsync,fdatasync";

    /// <summary>The words before a command that give it that disk. The test is skipped, by name, where that is not possible.</summary>
    public string[] Before()
    {
        string[] words =
        [
            "strace", "--daemonize=grandchild", "--follow-forks", "-qq", "--seccomp-bpf", "-e", "signal=none", "-e", $"trace={Syncs}", "-e", FormattableString.Invariant($"inject={Syncs}:delay_enter={delay.TotalMicroseconds:0}"), "-o", log,
        ];
        try
        {
            using var probe = Process.Start(words[0], [.. words[1..], "true"]);
            probe.WaitForExit();
            Skip.If(probe.ExitCode != 0, "needs strace with the right to trace, which is not allowed here");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Skip.If(true, $"needs strace: {e.Message}");
        }

        return words;
    }

    /// <summary>Syncs so far.</summary>
    public int Count() => File.ReadLines(log).Count(line => line.EndsWith("(DELAYED)", StringComparison.Ordinal));
}
