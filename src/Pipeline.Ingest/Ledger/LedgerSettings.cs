using Akka.Configuration;

namespace MhdNet.Ingest.Ledger;

/// <summary>How often and when a failed item is tried again (section <c>mhdnet.ledger</c>).</summary>
/// <param name="MaxAttempts">After this many failed attempts an item is quarantined.</param>
/// <param name="RetryDelay">Wait after the first failed attempt; doubled after each further one.</param>
/// <param name="RetryDelayMax">Longest wait.</param>
public sealed record LedgerSettings(int MaxAttempts, TimeSpan RetryDelay, TimeSpan RetryDelayMax)
{
    /// <summary>After so many worker processes that ended while they read it an item is quarantined.</summary>
    public int MaxDeaths { get; init; } = 3;

    /// <summary>Bytes that must be free on the disk of the work folder before an item is begun; 0: no matter how few.</summary>
    public long MinFree { get; init; }

    /// <summary>Three attempts, 5 s after the first, at most 5 min.</summary>
    public static LedgerSettings Default { get; } = new(3, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>Reads the section; a missing key takes its default.</summary>
    /// <exception cref="ArgumentException">A value makes no sense; the message names the key.</exception>
    public static LedgerSettings From(Config config)
    {
        var settings = new LedgerSettings(
            config.GetInt("max-attempts", Default.MaxAttempts),
            config.GetTimeSpan("retry-delay", Default.RetryDelay),
            config.GetTimeSpan("retry-delay-max", Default.RetryDelayMax))
        {
            MinFree = config.GetByteSize("min-free") ?? 0,
            MaxDeaths = config.GetInt("max-deaths", Default.MaxDeaths),
        };
        return settings.MaxAttempts < 1 ? throw new ArgumentException($"mhdnet.ledger.max-attempts is {settings.MaxAttempts}; it must be 1 or more")
            : settings.MaxDeaths < 1 ? throw new ArgumentException($"mhdnet.ledger.max-deaths is {settings.MaxDeaths}; it must be 1 or more")
            : settings.RetryDelay < TimeSpan.Zero || settings.RetryDelayMax < settings.RetryDelay
                ? throw new ArgumentException($"mhdnet.ledger.retry-delay is {settings.RetryDelay} and retry-delay-max {settings.RetryDelayMax}; both must be 0 or more, and the second not shorter")
            : settings;
    }

    /// <summary>How long to wait after the given number of failed attempts: delay * 2^(attempts-1), at most the longest wait.</summary>
    public TimeSpan DelayAfter(int attempts)
    {
        var seconds = RetryDelay.TotalSeconds * Math.Pow(2, Math.Clamp(attempts - 1, 0, 40));
        return seconds >= RetryDelayMax.TotalSeconds ? RetryDelayMax : TimeSpan.FromSeconds(seconds);
    }
}
