using System.Text.Json;
using System.Text.Json.Serialization;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// What <c>mhdnet status --json</c> prints. Programs read it, so names stay as they are; new ones may come. Every name is always there, null where it has no value.
/// </summary>
/// <param name="Items">All items, by patient, kind and path.</param>
/// <param name="Runs">All training runs, oldest first.</param>
/// <param name="Counts">How many items are in each state.</param>
public sealed record StatusReport(IReadOnlyList<StatusReport.Item> Items, IReadOnlyList<StatusReport.Run> Runs, IReadOnlyDictionary<string, int> Counts)
{
    private static readonly JsonSerializerOptions Form = new(WorkJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>The host that works on the folder now; null where none runs.</summary>
    public HostProcess? Host { get; init; }

    /// <summary>Reads one moment of a ledger.</summary>
    public static StatusReport Of(LedgerReader ledger)
    {
        var (items, runs) = ledger.Snapshot();
        return new StatusReport(
            [.. items.Select(Item.Of)],
            [.. runs.Select(run => new Run(run.Id, run.State, run.Started, run.Finished, run.Phase, run.Epoch, run.Message))],
            Enum.GetValues<ItemState>().ToDictionary(LedgerText.Of, state => items.Count(item => item.State == state)));
    }

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Form);

    /// <summary>A host at work.</summary>
    /// <param name="ProcessId">Its process.</param>
    /// <param name="Activity"><c>reading</c>, <c>waiting</c>, <c>training</c>, <c>typing</c>, <c>finished</c> (nothing left to do), <c>failed</c> (the run was given up), or, of <c>mhdnet tile</c>, <c>tiling</c>.</param>
    /// <param name="Doing">The same as a sentence.</param>
    /// <param name="Problem">What keeps it from going on, or null.</param>
    /// <param name="Since">When it began to do this.</param>
    public sealed record HostProcess(int ProcessId, string Activity, string Doing, string? Problem, DateTimeOffset Since)
    {
        /// <summary>Parts of the host that fail again and again, and why; empty where all work.</summary>
        public IReadOnlyList<string> Degraded { get; init; } = [];
    }

    /// <summary>One item.</summary>
    /// <param name="Id">The item, and its folder under <c>sequences/</c>.</param>
    /// <param name="Kind"><c>ct</c>, <c>slide</c> or <c>file</c>.</param>
    /// <param name="Patient">The patient's id.</param>
    /// <param name="Path">Relative to the drop folder: the common folder of a CT series, or the file.</param>
    /// <param name="State"><c>seen</c>, <c>ready</c>, <c>running</c>, <c>done</c>, <c>rejected</c> or <c>quarantined</c>.</param>
    /// <param name="Reason">Code and sentence, <c>no-tissue: …</c>.</param>
    /// <param name="ReasonCode">The code alone.</param>
    /// <param name="Attempts">How often it was tried.</param>
    /// <param name="Deaths">How many worker processes ended while they read it.</param>
    /// <param name="Losses">How many machines were lost while they read it.</param>
    /// <param name="Sequences">How many sequences are in the store.</param>
    /// <param name="Note">What people should know although the item is good.</param>
    /// <param name="RetryAt">Not before this time is it tried again.</param>
    /// <param name="UpdatedAt">When it changed last.</param>
    /// <param name="Seconds">How long the last job took.</param>
    public sealed record Item(
        string Id, string Kind, string Patient, string Path, string State, string? Reason, string? ReasonCode, int Attempts, int Deaths, int Losses, int Sequences, string? Note,
        DateTimeOffset? RetryAt, DateTimeOffset UpdatedAt, double? Seconds)
    {
        internal static Item Of(ItemRecord item) => new(
            item.Id.Value, LedgerText.Of(item.Kind), item.Patient, item.Path, LedgerText.Of(item.State), item.Reason?.ToString(), item.Reason?.Code,
            item.Attempts, item.Deaths, item.Losses, item.Sequences, item.Note, item.RetryAt, item.UpdatedAt, item.Duration?.TotalSeconds);
    }

    /// <summary>One training run.</summary>
    /// <param name="Id">Its folder under <c>runs/</c>.</param>
    /// <param name="State"><c>running</c>, <c>done</c>, <c>stopped</c> or <c>failed</c>.</param>
    /// <param name="Started">When it began.</param>
    /// <param name="Finished">When it ended.</param>
    /// <param name="Phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
    /// <param name="Epoch">Epochs finished in this phase.</param>
    /// <param name="Message">The last thing worth telling.</param>
    public sealed record Run(string Id, string State, DateTimeOffset Started, DateTimeOffset? Finished, string? Phase, int Epoch, string? Message);
}
