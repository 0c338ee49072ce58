using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Progress;

/// <summary>How far everything is: what the bars show. Changed by one thread, read by another, so it is immutable.</summary>
/// <param name="Items">Items by id.</param>
/// <param name="Phases">The last news of each phase, in the order of appearance.</param>
public sealed record ProgressBoard(
    System.Collections.Immutable.ImmutableDictionary<ItemId, ItemState> Items, System.Collections.Immutable.ImmutableList<TrainingProgress> Phases)
{
    /// <summary>Before anything happened.</summary>
    public static ProgressBoard Empty { get; } = new([], []);

    /// <summary>Items seen.</summary>
    public int Seen => Items.Count;

    /// <summary>Items that need nothing more.</summary>
    public int Finished => Items.Values.Count(state => state is ItemState.Done or ItemState.Rejected or ItemState.Quarantined);

    /// <summary>Items that became sequences.</summary>
    public int Done => Items.Values.Count(state => state == ItemState.Done);

    /// <summary>The board after a message of the event stream.</summary>
    public ProgressBoard After(object message) => message switch
    {
        ItemChanged changed => this with { Items = Items.SetItem(changed.Item.Id, changed.Item.State) },
        ItemForgotten forgotten => this with { Items = Items.Remove(forgotten.Item) },
        TrainingProgress { Pass: Pass.Training } news => this with { Phases = Phases.FindIndex(phase => phase.Phase == news.Phase) is >= 0 and var at ? Phases.SetItem(at, news) : Phases.Add(news) },
        _ => this,
    };

    /// <summary>Share of a phase's steps that are done, 0 to 1.</summary>
    public static double Share(TrainingProgress news) =>
        news.Epochs == 0 ? 1 : Math.Min(1, ((news.Epoch - 1) + (news.Batch / (double)Math.Max(1, news.Batches))) / news.Epochs);
}
