using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>One row of the ledger's table <c>items</c>.</summary>
/// <param name="Id">The item.</param>
/// <param name="Kind">CT series, slide or other file.</param>
/// <param name="Patient">The patient's id.</param>
/// <param name="Path">Relative to the drop folder: the common folder of a CT series (<c>.</c> for the drop folder itself), or the file.</param>
/// <param name="State">Where it stands.</param>
public sealed record ItemRecord(ItemId Id, ItemKind Kind, string Patient, string Path, ItemState State)
{
    /// <summary>Why it is rejected, quarantined or tried again; null otherwise.</summary>
    public Reason? Reason { get; init; }

    /// <summary>How often it was given to a worker since it last became complete or was put back by hand.</summary>
    public int Attempts { get; init; }

    /// <summary>How many worker processes ended while they read it, since it last became complete or was put back by hand. They are no attempts.</summary>
    public int Deaths { get; init; }

    /// <summary>How many machines were lost while they read it, since it last became complete or was put back by hand: the first with other items, those after it with this one alone.</summary>
    public int Losses { get; init; }

    /// <summary>A line for each of these: when, at which attempt, how the process or the machine ended, how long it had read.</summary>
    public string DeathNotes { get; init; } = "";

    /// <summary>How many sequences are in the store.</summary>
    public int Sequences { get; init; }

    /// <summary>What people should know although the item is good.</summary>
    public string? Note { get; init; }

    /// <summary>Not before this time is it tried again; null: at once.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When the row changed last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How long the last job took.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Fingerprint of names, sizes and times of the item's files, of a slide's content; empty when they are gone.</summary>
    public string Content { get; init; } = "";

    /// <summary>SHA-256 of the manifest of the sequences in the store, hexadecimal; null where there are none, or a version without it stored them.</summary>
    public string? Manifest { get; init; }

    /// <summary>True when the files changed while a worker read them, so that what it made is out of date.</summary>
    public bool Changed { get; init; }
}
