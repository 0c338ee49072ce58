using Akka.Configuration;

namespace MhdNet.Host.Dispatch;

/// <summary>Section <c>mhdnet.dispatch</c> of config/akka.hocon.</summary>
/// <param name="Workers">Items decoded at the same time.</param>
/// <param name="TimeLimit">Wall-clock time after which a job counts as hung.</param>
/// <param name="PollInterval">How often the ledger is asked for items whose retry is due.</param>
public sealed record DispatchSettings(int Workers, TimeSpan TimeLimit, TimeSpan PollInterval)
{
    /// <summary>Reads the section; <c>workers = 0</c> means one less than the processor's threads, at least one.</summary>
    public static DispatchSettings From(Config config)
    {
        var workers = config.GetInt("workers");
        return new DispatchSettings(
            workers > 0 ? workers : Math.Max(1, Environment.ProcessorCount - 1),
            config.GetTimeSpan("time-limit"),
            config.GetTimeSpan("poll-interval"));
    }
}
