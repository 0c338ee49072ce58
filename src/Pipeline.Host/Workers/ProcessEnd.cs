namespace MhdNet.Host.Workers;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number for one that a signal ended, as shells have it.</param>
/// <param name="LastLines">The last lines on its standard error.</param>
public sealed record ProcessEnd(int ExitCode, IReadOnlyList<string> LastLines)
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL", [11] = "SIGSEGV",
        [13] = "SIGPIPE", [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    /// <summary>The signal that ended it; null where none did.</summary>
    public int? Signal => ExitCode is > 128 and < 193 ? ExitCode - 128 : null;

    /// <summary><c>signal 11 (SIGSEGV), exit code 139</c>.</summary>
    public string How => Signal is { } signal
        ? FormattableString.Invariant($"signal {signal} ({Names.GetValueOrDefault(signal, "unnamed")}), exit code {ExitCode}")
        : FormattableString.Invariant($"exit code {ExitCode}");
}
