using System.Diagnostics;

namespace MhdNet.Tests;

/// <summary>What moves while work is done, in words that change when it does.</summary>
internal static class Seen
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20); // a process at rest uses less than this in minutes
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The files below a folder: how many, their bytes, and which changed last.</summary>
    public static string Files(string folder)
    {
        try
        {
            var files = new DirectoryInfo(folder).EnumerateFiles("*", All)
                .Select(file => (file.LastWriteTimeUtc, file.Length, file.FullName)).ToList();
            var (at, _, last) = files.DefaultIfEmpty().MaxBy(file => file.LastWriteTimeUtc);
            var bytes = files.Sum(file => file.Length);
            return FormattableString.Invariant($"{files.Count} files of {bytes} bytes below {folder}, last {last} at {at:HH:mm:ss.fff}");
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(folder))
        {
            return $"no folder {folder}";
        }
        catch (IOException)
        {
            return $"files that come and go (look {Stopwatch.GetTimestamp()})";
        }
    }

    /// <summary>The processor time of a process and those below it, in steps that one at rest does not make.</summary>
    public static string Work(int process) =>
        FormattableString.Invariant($"{Tree(process).Sum(Used) / Step.Ticks * Step.TotalSeconds:0} s or more of processor time");

    /// <summary>The child processes of a process now.</summary>
    public static IReadOnlyList<int> Children(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task").SelectMany(Childs)];
        }
        catch (IOException)
        {
            return []; // it has ended
        }
    }

    /// <summary>A process and all below it.</summary>
    public static IEnumerable<int> Tree(int process) => Children(process).SelectMany(Tree).Prepend(process);

    private static IEnumerable<int> Childs(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        }
        catch (IOException)
        {
            return []; // the thread has ended
        }
    }

    private static long Used(int process)
    {
        try
        {
            using var known = Process.GetProcessById(process);
            return known.TotalProcessorTime.Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return 0; // it has ended
        }
    }
}
