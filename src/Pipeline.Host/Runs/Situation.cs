namespace MhdNet.Host.Runs;

/// <summary>How far the work folder's newest run is.</summary>
public enum RunProgress
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Begun by an earlier process and not finished.</summary>
    Interrupted,

    /// <summary>In training now.</summary>
    Training,

    /// <summary>Trained and evaluated; the report is still to be written.</summary>
    Trained,

    /// <summary>Trained, evaluated, reported.</summary>
    Finished,

    /// <summary>Given up; the ledger says why.</summary>
    Failed,
}

/// <summary>What the director knows when it decides what comes next.</summary>
/// <param name="Once">Whether the host ends when nothing is left to do.</param>
/// <param name="Settled">Nothing in the drop folder is new, growing, waiting or being decoded.</param>
/// <param name="LabelProblem">Why the labels cannot be used, or null. Where there is no labels file: null with <paramref name="HasLabels"/> false.</param>
/// <param name="HasLabels">Whether there is a labels file.</param>
/// <param name="Lacking">What training still lacks, as sentences; empty when every type can be trained.</param>
/// <param name="Awaited">Patients of the labels file of whom nothing has arrived.</param>
/// <param name="Quiet">Time since anything in the drop folder changed.</param>
/// <param name="Patience">How long the director waits for awaited patients.</param>
/// <param name="Run">How far the newest run is.</param>
/// <param name="Untyped">Patients without a label whose CT is in the store and who have no prediction of the newest run.</param>
public sealed record Situation(
    bool Once,
    bool Settled,
    bool HasLabels,
    string? LabelProblem,
    IReadOnlyList<string> Lacking,
    IReadOnlyList<string> Awaited,
    TimeSpan Quiet,
    TimeSpan Patience,
    RunProgress Run,
    IReadOnlyList<string> Untyped)
{
    /// <summary>Why nothing can be read now though something waits, with nothing being read either; null: nothing is in the way.</summary>
    public string? Blocked { get; init; }
}
