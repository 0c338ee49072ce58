using Akka.Configuration;

namespace MhdNet.Ingest.Drop;

/// <summary>How the drop folder is watched (section <c>mhdnet.drop</c>).</summary>
public sealed record DropSettings
{
    /// <summary>Wait between two looks; longer where nothing moves and a look takes long.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A file must have kept its size and time this long, measured by this machine's clock since it was first seen in that form.</summary>
    public TimeSpan MinAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A CT series is complete when none of its files changed or came for this long. An empty file is given up after the same time.</summary>
    public TimeSpan QuietPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many headers are read at once.</summary>
    public int ProbeParallelism { get; init; } = 4;

    /// <summary>At most this many headers are read between two looks.</summary>
    public int ProbeBatch { get; init; } = 5000;

    /// <summary>A header that takes longer counts as unreadable.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this many attempts an unreadable file is quarantined. The waits between are the quiet period, doubled each time.</summary>
    public int ProbeAttempts { get; init; } = 3;

    /// <summary>Longest wait before a file is probed again that the system did not let read; such files are never given up, since a permission may come.</summary>
    public TimeSpan ProbeRetryMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait between two looks while nothing moves.</summary>
    public TimeSpan RestMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Reads the section; a missing key takes its default.</summary>
    /// <exception cref="ArgumentException">A value makes no sense; the message names the key.</exception>
    public static DropSettings From(Config config)
    {
        var defaults = new DropSettings();
        return new DropSettings
        {
            PollInterval = Time("poll-interval", defaults.PollInterval, TimeSpan.FromMilliseconds(1)),
            MinAge = Time("min-age", defaults.MinAge, TimeSpan.Zero),
            QuietPeriod = Time("quiet-period", defaults.QuietPeriod, TimeSpan.Zero),
            ProbeParallelism = Count("probe-parallelism", defaults.ProbeParallelism),
            ProbeBatch = Count("probe-batch", defaults.ProbeBatch),
            ProbeTimeout = Time("probe-timeout", defaults.ProbeTimeout, TimeSpan.FromMilliseconds(1)),
            ProbeAttempts = Count("probe-attempts", defaults.ProbeAttempts),
            ProbeRetryMax = Time("probe-retry-max", defaults.ProbeRetryMax, TimeSpan.Zero),
            RestMax = Time("rest-max", defaults.RestMax, TimeSpan.Zero),
        };

        TimeSpan Time(string key, TimeSpan value, TimeSpan least) => config.GetTimeSpan(key, value) is var time && time >= least ? time
            : throw new ArgumentException($"mhdnet.drop.{key} is {time}; it must be {least} or more");

        int Count(string key, int value) => config.GetInt(key, value) is var count && count >= 1 ? count
            : throw new ArgumentException($"mhdnet.drop.{key} is {count}; it must be 1 or more");
    }
}
