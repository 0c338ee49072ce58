using Akka.Actor;

namespace MhdNet.Host.Machines;

/// <summary>What a host needs to have workers on other machines.</summary>
internal sealed record MachineFleetSettings
{
    /// <summary>Where messages of machines arrive, and the sender of what they are told.</summary>
    public required IActorRef Mailbox { get; init; }

    /// <summary>What a machine is told that may work.</summary>
    public required Enlisted Terms { get; init; }

    /// <summary>Takes a machine that is lost out of the cluster.</summary>
    public required Action<Address> Forget { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>How often leases are looked at.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long machines may take to end their workers when the host ends.</summary>
    public TimeSpan EndPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// When a machine of which nothing was heard counts as lost. It has ended its workers by then: its own lease is shorter, and began earlier, when it sent what the host heard last.
    /// </summary>
    public TimeSpan Lost => (Terms.Lease * 1.25) + TimeSpan.FromMilliseconds(500);
}
