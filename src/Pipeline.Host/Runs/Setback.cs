namespace MhdNet.Host.Runs;

/// <summary>Failures of one piece of work in a row, and when it may be tried again: the wait doubles with each, up to five minutes. Immutable.</summary>
/// <param name="Failures">How often in a row.</param>
/// <param name="Sentence">What failed and when it is tried again; null while nothing did.</param>
/// <param name="NotBefore">When it is tried again.</param>
public sealed record Setback(int Failures, string? Sentence, DateTimeOffset NotBefore)
{
    /// <summary>After so many failures in a row a host that runs once gives up.</summary>
    public const int GivenUpAfter = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(5);

    /// <summary>Nothing failed.</summary>
    public static Setback None { get; } = new(0, null, DateTimeOffset.MinValue);

    /// <summary>After one more failure.</summary>
    /// <param name="what">What was done, as the start of a sentence.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="now">The time.</param>
    public Setback Again(string what, Exception cause, DateTimeOffset now)
    {
        var wait = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(Failures, 20)));
        return new Setback(Failures + 1, $"{what} failed ({cause.GetType().Name}: {cause.Message}); it is tried again after {wait.TotalSeconds:0} s, and the log says more.", now + wait);
    }
}
