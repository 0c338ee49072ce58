using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

// What the actor of the drop folder publishes on the event stream, and answers.

/// <summary>Published when the drop folder, or a folder in it, cannot be listed; it is tried again at the next look.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Sentence">What the system said, and what to do.</param>
public sealed record DropFolderProblem(string Folder, string Sentence)
{
    /// <summary>Whether it keeps every item from being begun: there is no room in the work folder.</summary>
    public bool IsDiskLow { get; init; }
}

/// <summary>Published after each look; also the answer to <see cref="GetIntakeStatus"/>.</summary>
/// <param name="PendingFiles">Files that still change, or wait to be probed.</param>
/// <param name="Items">Items in each state.</param>
/// <param name="Problems">What could not be listed or read by name in this look.</param>
public sealed record IntakeStatus(int PendingFiles, ItemCounts Items, IReadOnlyList<DropFolderProblem> Problems)
{
    /// <summary>Everything present has been probed, and every item is final.</summary>
    public bool IsSettled => !IsBlind && PendingFiles == 0 && Items.AreFinal;

    /// <summary>The last look at the folder failed: what is said of it is older, and of the first look nothing but the problems is known.</summary>
    public bool IsBlind { get; init; }
}

/// <summary>Asks for the last <see cref="IntakeStatus"/>; before the first look the answer waits for it.</summary>
public sealed record GetIntakeStatus;

/// <summary>Looks at the drop folder at once, without waiting for the interval.</summary>
public sealed record LookNow;
