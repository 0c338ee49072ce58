namespace MhdNet.Host.Workers;

/// <summary>Whom the kernel ends first where the machine's memory is used up: a worker, which is replaced, and not the host or the process that joined another machine, with which all of its workers would go.</summary>
internal static class OomScore
{
    /// <summary>Half of the scale: a worker goes before any process that does not hold half of the machine's memory more than it.</summary>
    public const int OfWorkers = 500;

    private const string File = "/proc/self/oom_score_adj";

    /// <summary>Offers this process to the kernel.</summary>
    public static void Raise()
    {
        try
        {
            System.IO.File.WriteAllText(File, FormattableString.Invariant($"{OfWorkers}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{File} cannot be written, so the kernel may end the host before a worker where memory is used up: {e.Message}");
        }
    }
}
