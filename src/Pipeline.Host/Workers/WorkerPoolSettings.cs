using Akka.Actor;

namespace MhdNet.Host.Workers;

/// <summary>What a pool needs.</summary>
internal sealed record WorkerPoolSettings
{
    /// <summary>How many processes.</summary>
    public required int Workers { get; init; }

    /// <summary>Starts a process.</summary>
    public required StartWorker Start { get; init; }

    /// <summary>The orders of a worker of a given name with a given token, for the dispatcher of a given path.</summary>
    public required Func<WorkerId, string, string, WorkerOrders> Orders { get; init; }

    /// <summary>Takes the node of a worker whose process is gone out of the cluster.</summary>
    public required Action<Address> Forget { get; init; }

    /// <summary>A process that has not registered after this time is ended.</summary>
    public TimeSpan RegisterPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long workers may take to leave nothing behind when the host ends; then they are killed.</summary>
    public TimeSpan EndPatience { get; init; } = TimeSpan.FromSeconds(3);
}
