using System.Globalization;

namespace MhdNet.Host.Model;

/// <summary>The most memory this process had resident, as Linux counts it (VmHWM of /proc/self/status).</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>Begins to count anew, where the kernel allows it; otherwise the peak goes on from the process's start.</summary>
    public static void Restart()
    {
        if (!File.Exists(Status))
        {
            return;
        }

        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // The peak is then of everything since the start, which is no less than it should be.
        }
    }

    /// <summary>The peak in GiB; null where there is no such file.</summary>
    public static double? Gibibytes()
    {
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(each => each.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? null : double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / (1 << 20);
    }
}
