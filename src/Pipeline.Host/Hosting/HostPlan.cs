using Akka.Configuration;
using MhdNet.Host.Machines;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Devices;
using MhdNet.Training.Options;

namespace MhdNet.Host.Hosting;

/// <summary>What a host is to do; everything in it has been checked.</summary>
/// <param name="DropFolder">The folder that is watched; null: none, the host only trains.</param>
/// <param name="Work">The work folder, in this process's hands.</param>
/// <param name="LabelsFile">The labels; need not be there yet.</param>
/// <param name="Preset">Name of the preset, for the names of runs.</param>
/// <param name="Options">The options of new runs.</param>
/// <param name="Once">Whether the host ends when nothing is left to do.</param>
/// <param name="Config">All settings.</param>
internal sealed record HostPlan(string? DropFolder, WorkFolder Work, string LabelsFile, string Preset, MhdOptions Options, bool Once, Config Config)
{
    /// <summary>Begin a new run although there is one already.</summary>
    public bool NewRun { get; init; }

    /// <summary>Go on with the newest run also where it failed.</summary>
    public bool Resume { get; init; }

    /// <summary>The phase after which a run stops; null: it goes through.</summary>
    public string? LastPhase { get; init; }

    /// <summary>Where to compute; null: the first CUDA device where there is one, else the processor.</summary>
    public ComputeDevice? Device { get; init; }

    /// <summary>Read in the host's own process, without worker processes: for debugging.</summary>
    public bool InProcess { get; init; }

    /// <summary>Where other machines may join, and with what cookie; null: nowhere.</summary>
    public Listening? Listening { get; init; }

    /// <summary>Whether there are worker processes.</summary>
    public bool HasWorkerProcesses => DropFolder is not null && !InProcess;

    /// <summary>How patients' ids are hidden; null: not at all.</summary>
    public Pseudonyms? Pseudonyms { get; init; }

    /// <summary>The labels as the host reads them: with pseudonyms, a copy in the work folder.</summary>
    public string LabelsRead => Pseudonyms is null ? LabelsFile : WorkLabels.PathIn(Work.FullPath);
}
