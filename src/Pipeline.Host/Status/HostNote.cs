using System.Diagnostics;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Results;

namespace MhdNet.Host.Status;

/// <summary><c>host.json</c> of a work folder: what the host that works on it is doing. Another process reads it for <c>mhdnet status</c>.</summary>
/// <param name="ProcessId">The host's process.</param>
/// <param name="ProcessStarted">When that process began: ids are used again.</param>
/// <param name="Since">When it began to do this.</param>
/// <param name="Activity">What it is doing, in one word.</param>
/// <param name="Doing">A sentence's end: waiting for …, training, everything is done.</param>
/// <param name="Problem">What keeps it from going on, or null.</param>
public sealed record HostNote(int ProcessId, DateTime ProcessStarted, DateTimeOffset Since, Activity Activity, string Doing, string? Problem)
{
    /// <summary>Parts of the host that fail again and again, and why: <c>workers: …</c>. The others go on.</summary>
    public IReadOnlyList<string> Degraded { get; init; } = [];

    /// <summary>A note of this process.</summary>
    public static HostNote Now(TimeProvider time, Activity activity, string doing, string? problem)
    {
        using var self = Process.GetCurrentProcess();
        return new HostNote(self.Id, self.StartTime.ToUniversalTime(), time.GetUtcNow(), activity, doing, problem);
    }

    /// <summary>Writes the note; a reader sees the old one or the new one, never a part.</summary>
    public void Write(string workFolder) => DurableFile.WriteJson(PathOf(workFolder), this);

    /// <summary>Removes the note: the host has ended. One that cannot be removed is no matter: its process is not there.</summary>
    public static void Remove(string workFolder)
    {
        try
        {
            File.Delete(PathOf(workFolder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The work folder is away; what the host has to say at its end matters more.
        }
    }

    /// <summary>The note of a host that is alive; null where none is.</summary>
    public static HostNote? Read(string workFolder)
    {
        var path = PathOf(workFolder);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var note = DurableFile.ReadJson<HostNote>(path);
            return note.IsAlive() ? note : null;
        }
        catch (InvalidDataException)
        {
            return null; // left by a machine that lost its power
        }
    }

    /// <summary>The note as <c>mhdnet status --json</c> shows it.</summary>
    public StatusReport.HostProcess ForStatus() => new(ProcessId, Activity.ToString().ToLowerInvariant(), Doing, Problem, Since) { Degraded = Degraded };

    private bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return (process.StartTime.ToUniversalTime() - ProcessStarted).Duration() < TimeSpan.FromSeconds(2);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false; // gone
        }
    }

    private static string PathOf(string workFolder) => Path.Combine(workFolder, "host.json");
}
