using Akka.Actor;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Batch;

/// <summary>What a batch asks of the ledger before its slides are tiled.</summary>
/// <param name="ledger">The ledger's actor.</param>
internal sealed class BatchLedger(IActorRef ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The items that the ledger knows.</summary>
    /// <exception cref="IOException">The ledger cannot be read; the message says why.</exception>
    public async Task<IReadOnlyList<ItemRecord>> Known() => (await Ask<ItemList>(new GetItems()).ConfigureAwait(false)).Items;

    /// <summary>Enters slides into the ledger.</summary>
    /// <exception cref="IOException">The ledger cannot be written; the message says why.</exception>
    public Task Enter(IEnumerable<BatchSlide> slides) => Ask<Stored>(new Observed(0, [], [], [.. slides.Select(BatchEntry.Observation)], []));

    /// <summary>Puts items that ended without sequences back to work.</summary>
    /// <exception cref="IOException">The ledger cannot be written; the message says why.</exception>
    public async Task Retry(IEnumerable<BatchSlide> slides)
    {
        foreach (var slide in slides)
        {
            if ((await Ask<ItemStored>(new GetItem(slide.Item)).ConfigureAwait(false)).Record is { State: ItemState.Rejected or ItemState.Quarantined })
            {
                await Ask<ItemStored>(new Ingest.Ledger.Retry(slide.Item)).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> Ask<T>(object request) => await ledger.Ask<object>(request, Patience).ConfigureAwait(false) switch
    {
        T answer => answer,
        LedgerFailed failed => throw new IOException(failed.Reason.Sentence),
        var other => throw new InvalidOperationException($"the ledger answered {request.GetType().Name} with {other.GetType().Name}"),
    };
}
