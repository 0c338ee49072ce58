using Akka.Actor;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>What a <see cref="Crew"/> needs.</summary>
internal sealed record CrewSettings
{
    /// <summary>Tells the host something.</summary>
    public required Action<IWorkMessage> Host { get; init; }

    /// <summary>The fleet of this machine's worker processes.</summary>
    public required Props Fleet { get; init; }

    /// <summary>Where the host's folders are here.</summary>
    public required PathMap Paths { get; init; }

    /// <summary>How long this machine may go on without a word from the host.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>A timestamp of the clock, not later than when the host heard of this machine first.</summary>
    public required long Heard { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where a person follows it.</summary>
    public required Action<string> Line { get; init; }

    /// <summary>Called when it is over: no worker is left.</summary>
    public required Action<CrewEnd> Ended { get; init; }

    /// <summary>How long nothing is asked for after a job whose files are not there.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the host is told that the machine is there.</summary>
    public TimeSpan BeatInterval => Lease / 10;
}

/// <summary>Why a crew ended.</summary>
internal enum CrewEnd
{
    /// <summary>The host ended it: it ends itself, or does not know the machine any more.</summary>
    Dismissed,

    /// <summary>Nothing was heard of the host for a lease, or the cluster says that this machine is not in it any more.</summary>
    CutOff,

    /// <summary>Someone stopped this process.</summary>
    Stopped,

    /// <summary>There was none: the host's folders are not on this machine.</summary>
    NeverBegun,
}
