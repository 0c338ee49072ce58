using System.Globalization;

namespace MhdNet.Training.Devices;

/// <summary>Memory that this process can still get.</summary>
internal static class AvailableMemory
{
    /// <summary>In bytes: what the system has free or can free, and what a container allows.</summary>
    public static long Bytes()
    {
        var allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        return Math.Max(0, File.Exists("/proc/meminfo") ? Math.Min(allowed, OfSystem(File.ReadLines("/proc/meminfo")) ?? allowed) : allowed);
    }

    /// <summary>The line <c>MemAvailable: N kB</c> of /proc/meminfo (proc(5)); null where there is none.</summary>
    internal static long? OfSystem(IEnumerable<string> lines) => lines
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words is ["MemAvailable:", _, "kB"])
        .Select(words => (long?)long.Parse(words[1], CultureInfo.InvariantCulture) * 1024)
        .FirstOrDefault();
}
