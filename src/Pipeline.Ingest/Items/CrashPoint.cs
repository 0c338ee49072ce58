using System.Diagnostics;

namespace MhdNet.Ingest.Items;

/// <summary>
/// Places where a test may have the process killed (SIGKILL), to see that the next start sets everything right. They do nothing unless the environment variable
/// <c>MHDNET_CRASH_POINT</c> names one: <c>renamed</c>, or <c>renamed:2</c> for the second time it is reached.
/// </summary>
public static class CrashPoint
{
    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable("MHDNET_CRASH_POINT") ?? "").Split(':');
    private static int _left = Wanted is [_, var times] ? int.Parse(times, System.Globalization.CultureInfo.InvariantCulture) : 1;

    /// <summary>Ends the process here if a test asked for it.</summary>
    public static void Reach(string point)
    {
        if (Wanted[0].Length > 0 && Wanted[0] == point && Interlocked.Decrement(ref _left) == 0)
        {
            Process.GetCurrentProcess().Kill();
            new ManualResetEvent(false).WaitOne(); // the signal is on its way
        }
    }
}
