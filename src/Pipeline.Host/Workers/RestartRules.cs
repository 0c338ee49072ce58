namespace MhdNet.Host.Workers;

/// <summary>When a worker process that ended gets a successor.</summary>
internal static class RestartRules
{
    /// <summary>After so many processes in a row that ended before they registered something is wrong with the machine or the program.</summary>
    public const int Persistent = 4;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestOfGood = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestOfAll = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the next process.</summary>
    /// <param name="stillborn">How many in a row ended before they registered, the last included.</param>
    public static TimeSpan Pause(int stillborn)
    {
        var pause = First * Math.Pow(2, Math.Clamp(stillborn - 1, 0, 12));
        var longest = stillborn < Persistent ? LongestOfGood : LongestOfAll;
        return pause < longest ? pause : longest;
    }
}
