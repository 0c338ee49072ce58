using MhdNet.Host.Dispatch;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Ct;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Machines;

// What the host and another machine say to each other. Each machine has worker processes of its own, as the host has; what they say is passed on, and these messages tell who they are.

/// <summary>A machine's first word, said until it is answered.</summary>
/// <param name="Protocol">The version of all other messages, <see cref="Register.Version"/>.</param>
/// <param name="Software">The program.</param>
/// <param name="Machine">The machine's name, for people.</param>
/// <param name="Process">A random word of the machine's process: one that is said again after a silence tells that the machine had only been cut off. Null: an older program, which had none.</param>
public sealed record Enlist(int Protocol, string Software, string Machine, string? Process = null) : IWorkMessage;

/// <summary>The machine is one of the host's.</summary>
/// <param name="WorkFolder">The host's work folder, as the host calls it.</param>
/// <param name="Mark">What stands in the folder's mark, so that the machine knows that it has the same.</param>
/// <param name="DropFolder">The folder that is watched; null where there is none.</param>
/// <param name="Room">Jobs that a worker does at the same time.</param>
/// <param name="MemoryLimit">Bytes that a worker may use; 0: no limit.</param>
/// <param name="Lease">How long the machine may go on without a word from the host.</param>
/// <param name="Ct">How CT series are read.</param>
/// <param name="Slides">How slides are read.</param>
public sealed record Enlisted(string WorkFolder, string Mark, string? DropFolder, int Room, long MemoryLimit, TimeSpan Lease, CtSettings Ct, SlideSettings Slides) : IWorkMessage;

/// <summary>The machine is there, and so are these workers. Said several times within a lease, and at once when something changes.</summary>
/// <param name="Number">Counts up.</param>
/// <param name="Workers">Its workers.</param>
/// <param name="Gone">Workers that are gone, until the host has heard of it.</param>
/// <param name="Wrong">Parts of the machine's program that fail again and again.</param>
public sealed record Beat(long Number, IReadOnlyList<PresentWorker> Workers, IReadOnlyList<GoneWorker> Gone, IReadOnlyList<PartState> Wrong) : IWorkMessage;

/// <summary>A worker of a machine.</summary>
/// <param name="Worker">Its name there.</param>
/// <param name="Room">Jobs at the same time.</param>
public sealed record PresentWorker(WorkerId Worker, int Room);

/// <summary>A worker of a machine that is gone.</summary>
/// <param name="Worker">Its name there.</param>
/// <param name="Cause">Why.</param>
/// <param name="Process">How.</param>
public sealed record GoneWorker(WorkerId Worker, EndCause Cause, ProcessEnd Process);

/// <summary>The host has heard a <see cref="Beat"/>: the lease begins anew when that was sent.</summary>
public sealed record Beaten(long Number) : IWorkMessage;

/// <summary>A job for a worker of the machine.</summary>
public sealed record Handed(WorkerId Worker, Assign Assign) : IWorkMessage;

/// <summary>A job's files are not there on this machine, so nobody began it.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Lease">The number of the lease.</param>
/// <param name="Path">What is not there, as the host calls it.</param>
/// <param name="Sentence">The same for people, and what to do.</param>
public sealed record Unreadable(WorkerId Worker, long Lease, string Path, string Sentence) : IWorkMessage;

/// <summary>This worker of the machine must go.</summary>
public sealed record EndOne(WorkerId Worker, EndCause Cause) : IWorkMessage;

/// <summary>The machine's workers are gone, and it leaves.</summary>
/// <param name="Problem">Why it cannot work, and what to do; null where it can.</param>
public sealed record Left(string? Problem = null) : IWorkMessage;
