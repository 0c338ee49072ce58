using MhdNet.Ingest.Items;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Workers;

// What host and workers say to each other; how it travels, WireSerializer tells. Jobs are references: paths and numbers, never pixels.

/// <summary>A message between host and worker.</summary>
public interface IWorkMessage;

/// <summary>A worker's first word. Its form, and that of <see cref="Refused"/>, must stay as they are, so that programs of two versions understand each other far enough to part.</summary>
/// <param name="Protocol">The version of all other messages.</param>
/// <param name="Software">The program.</param>
/// <param name="Worker">Its name.</param>
/// <param name="Token">The secret that its orders gave to it alone.</param>
/// <param name="Room">Jobs that it does at the same time.</param>
public sealed record Register(int Protocol, string Software, WorkerId Worker, string Token, int Room) : IWorkMessage
{
    /// <summary>The version that this program speaks.</summary>
    public const int Version = 3;

    /// <summary>What the other side is told that is of another version; null where it is of this one. Also where it could be understood: what is stored must not depend on who read it.</summary>
    internal static string? Refusal(int protocol, string software) => (protocol, software) == (Version, Ingest.Sequences.Software.Name) ? null
        : $"The worker is {software} and speaks version {protocol} of the protocol, the host is {Ingest.Sequences.Software.Name} and speaks version {Version}. Install the same program on both.";
}

/// <summary>The worker is one of the host's.</summary>
public sealed record Registered : IWorkMessage;

/// <summary>The worker gets no work, and ends.</summary>
/// <param name="Sentence">Why.</param>
public sealed record Refused(string Sentence) : IWorkMessage;

/// <summary>A worker has room. Said whenever that changes, and every few seconds, so that a message that got lost is missed.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Room">For how many jobs.</param>
/// <param name="Held">The leases that it works on.</param>
public sealed record Pull(WorkerId Worker, int Room, IReadOnlyList<long> Held) : IWorkMessage;

/// <summary>A job for a worker. The same lease twice is one job.</summary>
/// <param name="Lease">The number of the lease.</param>
/// <param name="Job">The job.</param>
/// <param name="Tiling">How a slide is tiled, where that differs from the worker's settings.</param>
public sealed record Assign(long Lease, Job Job, TilingOrder? Tiling) : IWorkMessage;

/// <summary>How one slide is tiled.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="TilesCsv">Where the table of its tiles goes.</param>
/// <param name="PlanOnly">Its tiles are planned and drawn, and not read.</param>
public sealed record TilingOrder(SlideSettings Settings, string TilesCsv, bool PlanOnly = false);

/// <summary>A job ended. Said again until it is <see cref="Taken"/>.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="Lease">The number of the lease.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Duration">Wall-clock time.</param>
public sealed record Finished(WorkerId Worker, long Lease, Outcome Outcome, TimeSpan Duration) : IWorkMessage;

/// <summary>The host has the outcome of a lease.</summary>
public sealed record Taken(long Lease) : IWorkMessage;

/// <summary>The worker stops what it does, leaves nothing behind, and ends.</summary>
public sealed record EndWork : IWorkMessage;
