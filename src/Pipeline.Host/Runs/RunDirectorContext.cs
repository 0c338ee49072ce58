using Akka.Actor;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Host.Runs;

/// <summary>What the director works with.</summary>
public sealed record RunDirectorContext
{
    /// <summary>The store of the work folder.</summary>
    public required SequenceStore Store { get; init; }

    /// <summary>The work folder's mark: once it is another's, no step is begun any more; null: nobody else can take the folder over.</summary>
    public HostMark? Mark { get; init; }

    /// <summary>The labels file; need not be there yet.</summary>
    public required string LabelsFile { get; init; }

    /// <summary>Name of the preset, for the names of runs.</summary>
    public required string Preset { get; init; }

    /// <summary>The options of new runs.</summary>
    public required MhdOptions Options { get; init; }

    /// <summary>Whether the host ends when nothing is left to do.</summary>
    public required bool Once { get; init; }

    /// <summary>Whether a drop folder is watched; where none is, the store is taken as it is.</summary>
    public required bool WatchesFolder { get; init; }

    /// <summary>Whether a run that exists is left alone and a new one begun.</summary>
    public bool NewRun { get; init; }

    /// <summary>Whether the newest run is gone on with also where it failed.</summary>
    public bool Resume { get; init; }

    /// <summary>The phase after which a run stops and the host ends; null: it goes through.</summary>
    public string? LastPhase { get; init; }

    /// <summary>Training patients each type needs.</summary>
    public required int MinimumPatients { get; init; }

    /// <summary>Interval and patience.</summary>
    public required RunDirectorSettings Settings { get; init; }

    /// <summary>The ledger's actor.</summary>
    public required IActorRef Ledger { get; init; }

    /// <summary>The trainer's owner.</summary>
    public required IActorRef Trainer { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Types patients with a finished run's student and writes their predictions.</summary>
    public required Action<RunFolder, IReadOnlyList<CohortPatient>> Type { get; init; }

    /// <summary>Writes the report of a finished run.</summary>
    public required Action<RunFolder> WriteReport { get; init; }

    /// <summary>Called once, when nothing is left to do.</summary>
    public required Action<Decision.End> Ended { get; init; }
}
