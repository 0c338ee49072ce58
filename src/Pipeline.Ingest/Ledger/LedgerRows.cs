using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>A row of <c>items</c> as Dapper reads and writes it.</summary>
internal sealed record ItemRow(
    string Id, string Kind, string Patient, string Path, string State, string? ReasonCode, string? Reason, long Attempts, long Sequences, string? Note,
    string? RetryAt, string UpdatedAt, long? DurationMs, string Content, long Changed, long Deaths, string DeathNotes, string? Manifest, long Losses)
{
    public const string Columns =
        "id AS Id, kind AS Kind, patient AS Patient, path AS Path, state AS State, reason_code AS ReasonCode, reason AS Reason, attempts AS Attempts, "
        + "sequences AS Sequences, note AS Note, retry_at AS RetryAt, updated_at AS UpdatedAt, duration_ms AS DurationMs, content AS Content, changed AS Changed, deaths AS Deaths, death_notes AS DeathNotes, manifest AS Manifest, losses AS Losses";

    public static ItemRow Of(ItemRecord item) => new(
        item.Id.Value, LedgerText.Of(item.Kind), item.Patient, item.Path, LedgerText.Of(item.State), item.Reason?.Code, item.Reason?.Sentence, item.Attempts,
        item.Sequences, item.Note, item.RetryAt is { } at ? LedgerText.Of(at) : null, LedgerText.Of(item.UpdatedAt),
        (long?)item.Duration?.TotalMilliseconds, item.Content, item.Changed ? 1 : 0, item.Deaths, item.DeathNotes, item.Manifest, item.Losses);

    public ItemRecord ToRecord() => new(new ItemId(Id), LedgerText.Kind(Kind), Patient, Path, LedgerText.State(State))
    {
        Reason = LedgerText.Reason(ReasonCode, Reason),
        Attempts = (int)Attempts,
        Sequences = (int)Sequences,
        Note = Note,
        RetryAt = RetryAt is null ? null : LedgerText.Time(RetryAt),
        UpdatedAt = LedgerText.Time(UpdatedAt),
        Duration = DurationMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        Content = Content,
        Changed = Changed != 0,
        Deaths = (int)Deaths,
        DeathNotes = DeathNotes,
        Manifest = Manifest,
        Losses = (int)Losses,
    };
}

/// <summary>A row of <c>files</c>.</summary>
internal sealed record FileRow(
    string Path, long Size, string Modified, string? Item, string Probe, string? PatientId, string? Series, string? Sop, string? ReasonCode, string? Reason, long Attempts,
    string? Content, string? Companions)
{
    public const string Columns =
        "path AS Path, size AS Size, modified AS Modified, item AS Item, probe AS Probe, patient_id AS PatientId, series AS Series, sop AS Sop, "
        + "reason_code AS ReasonCode, reason AS Reason, attempts AS Attempts, content AS Content, companions AS Companions";

    public static FileRow Of(FileRecord file)
    {
        var slice = file.Probe as ProbeResult.CtSlice;
        var slide = file.Probe as ProbeResult.Slide;
        var reason = (file.Probe as ProbeResult.Neither)?.Reason ?? (file.Probe as ProbeResult.Unreadable)?.Reason;
        return new FileRow(
            file.Path, file.Size, LedgerText.Of(file.Modified), file.Item?.Value, LedgerText.Of(file.Probe), slice?.PatientId, slice?.SeriesInstanceUid,
            slice?.SopInstanceUid, reason?.Code, reason?.Sentence, file.ProbeAttempts, slide?.Content, slide?.Companions);
    }

    public FileRecord ToRecord() => new(Path, Size, LedgerText.Time(Modified), Answer(), (int)Attempts, Item is null ? null : new ItemId(Item));

    private ProbeResult Answer() => Probe switch
    {
        "ct" => new ProbeResult.CtSlice(PatientId ?? "", Series ?? "", Sop ?? ""),
        "slide" => new ProbeResult.Slide(Content ?? "", Companions ?? ""),
        "neither" => new ProbeResult.Neither(LedgerText.Reason(ReasonCode, Reason)!),
        _ => new ProbeResult.Unreadable(LedgerText.Reason(ReasonCode, Reason)!),
    };
}

/// <summary>A row of <c>transitions</c>.</summary>
internal sealed record TransitionRow(string Item, string At, string? FromState, string? ToState, string? ReasonCode, string? Reason)
{
    public TransitionRecord ToRecord() => new(
        new ItemId(Item), LedgerText.Time(At), FromState is null ? null : LedgerText.State(FromState), ToState is null ? null : LedgerText.State(ToState),
        LedgerText.Reason(ReasonCode, Reason));
}

/// <summary>A row of <c>runs</c>.</summary>
internal sealed record RunRow(string Id, string Started, string? Finished, string State, string? Phase, long Epoch, string? Message)
{
    public static RunRow Of(RunRecord run) => new(
        run.Id, LedgerText.Of(run.Started), run.Finished is { } at ? LedgerText.Of(at) : null, run.State, run.Phase, run.Epoch, run.Message);

    public RunRecord ToRecord() => new(Id, LedgerText.Time(Started), Finished is null ? null : LedgerText.Time(Finished), State, Phase, (int)Epoch, Message);
}
