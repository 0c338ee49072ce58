using Akka.Configuration;

namespace MhdNet.Host.Dispatch;

/// <summary>Section <c>mhdnet.dispatch</c> of config/akka.hocon.</summary>
/// <param name="Workers">Worker processes.</param>
/// <param name="TimeLimit">Wall-clock time after which a small job counts as hung.</param>
/// <param name="PollInterval">How often the ledger is asked for items whose retry is due.</param>
public sealed record DispatchSettings(int Workers, TimeSpan TimeLimit, TimeSpan PollInterval)
{
    private const double Gigabyte = 1e9;

    /// <summary>Jobs that a worker does at the same time.</summary>
    public int JobsPerWorker { get; init; } = 1;

    /// <summary>What is added to the limit for each gigabyte of the job's files.</summary>
    public TimeSpan TimeLimitPerGigabyte { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes that a worker process may use; 0: no limit.</summary>
    public long MemoryLimit { get; init; } = 4L << 30;

    /// <summary>How long a machine may go on without a word from the host; then its workers end, and a little later its jobs are offered again.</summary>
    public TimeSpan MachineLease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Reads the section; <c>workers = 0</c> means one less than the processor's threads, at least one.</summary>
    /// <exception cref="ConfigurationException">A value that makes no sense; the message names it.</exception>
    public static DispatchSettings From(Config config)
    {
        var workers = config.GetInt("workers");
        var settings = new DispatchSettings(
            workers != 0 ? workers : Math.Max(1, Environment.ProcessorCount - 1),
            config.GetTimeSpan("time-limit"),
            config.GetTimeSpan("poll-interval"))
        {
            JobsPerWorker = config.GetInt("jobs-per-worker"),
            TimeLimitPerGigabyte = config.GetTimeSpan("time-limit-per-gb"),
            MemoryLimit = config.GetByteSize("memory-limit") ?? 0,
            MachineLease = config.GetTimeSpan("machine-lease"),
        };
        return settings switch
        {
            { Workers: < 1 or > MostWorkers } => throw new ConfigurationException($"mhdnet.dispatch.workers is {settings.Workers}; it must be 1 to {MostWorkers}, or 0 for one less than the processor's threads"),
            { JobsPerWorker: < 1 } => throw new ConfigurationException($"mhdnet.dispatch.jobs-per-worker is {settings.JobsPerWorker}; it must be 1 or more"),
            { MemoryLimit: > 0 and < LeastMemory } => throw new ConfigurationException($"mhdnet.dispatch.memory-limit is {settings.MemoryLimit} bytes; a worker needs at least {LeastMemory} to start, and 0 is no limit"),
            { MachineLease: var lease } when lease < LeastLease => throw new ConfigurationException($"mhdnet.dispatch.machine-lease is {lease}; it must be {LeastLease.TotalSeconds:0} s or more"),
            _ => settings,
        };
    }

    /// <summary>The most worker processes that a host starts.</summary>
    public const int MostWorkers = 256;

    private const long LeastMemory = 256L << 20;
    private static readonly TimeSpan LeastLease = TimeSpan.FromSeconds(2);

    /// <summary>The time after which a job counts as hung.</summary>
    /// <param name="bytes">Size of its files.</param>
    public TimeSpan LimitFor(long bytes) => TimeLimit + (TimeLimitPerGigabyte * (bytes / Gigabyte));
}
