using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>Items that someone wants tried again while a host works on the folder (<see cref="RequestFiles"/>).</summary>
/// <param name="Items">The items' ids.</param>
public sealed record RetryRequest(IReadOnlyList<string> Items)
{
    internal const string Kind = "retry";

    /// <summary>Leaves a request.</summary>
    /// <returns>The request's file.</returns>
    public static string Post(string workFolder, IEnumerable<ItemId> items) => RequestFiles.Post(workFolder, Kind, new RetryRequest([.. items.Select(item => item.Value)]));

    /// <summary>The items of a request.</summary>
    /// <exception cref="InvalidDataException">The file is no request.</exception>
    public static IReadOnlyList<ItemId> Read(string file) => [.. (RequestFiles.Read<RetryRequest>(file).Items ?? []).Select(item => new ItemId(item))];
}
