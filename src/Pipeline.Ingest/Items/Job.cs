namespace MhdNet.Ingest.Items;

/// <summary>The order to turn one item into sequences. Carries references only, never pixels.</summary>
/// <param name="Item">The item.</param>
/// <param name="Kind">CT series or slide.</param>
/// <param name="Patient">The patient's id.</param>
/// <param name="Files">Absolute paths: the files of the series in no particular order, or the one slide.</param>
/// <param name="Attempt">1 for the first attempt.</param>
public sealed record Job(ItemId Item, ItemKind Kind, string Patient, IReadOnlyList<string> Files, int Attempt)
{
    /// <summary>How many worker processes ended while they read it; from the first on it is read alone.</summary>
    public int Deaths { get; init; }

    /// <summary>How many machines were lost while they read it; from the first on it is read on a machine that reads nothing else.</summary>
    public int Losses { get; init; }

    /// <summary>Size of the files in bytes; 0 where it is not known.</summary>
    public long Bytes { get; init; }

    /// <summary>What intake read of a series' headers, for its files in their order (<c>HeaderShelf</c>); empty where the job has to read them itself. No attribute of a person is in it.</summary>
    public ReadOnlyMemory<byte> Headers { get; init; }
}
