using Akka.Actor;
using Akka.Configuration;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Progress;
using MhdNet.Host.Report;
using MhdNet.Host.Runs;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;
using MhdNet.Training.Inference;
using MhdNet.Training.Phases;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Hosting;

/// <summary>Every actor of a host and who talks to whom, in one place.</summary>
/// <param name="Ledger">The one writer of the ledger.</param>
/// <param name="Dispatcher">Gives items to runners; nobody where no folder is watched.</param>
/// <param name="Trainer">Trains runs.</param>
/// <param name="Director">Decides what comes next.</param>
internal sealed record ActorWiring(IActorRef Ledger, IActorRef Dispatcher, IActorRef Trainer, IActorRef Director)
{
    /// <summary>Starts the actors.</summary>
    /// <param name="system">The actor system, with the plan's configuration.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="view">Where a person follows it.</param>
    /// <param name="ended">Called when nothing is left to do.</param>
    public static ActorWiring Start(ActorSystem system, HostPlan plan, IProgressView view, Action<Decision.End> ended)
    {
        var time = TimeProvider.System;
        var config = plan.Config.GetConfig("mhdnet");
        var training = TrainingSettings.From(plan.Config);
        var phases = new PhaseFactory(plan.Device);
        system.ActorOf(Props.Create(() => new ProgressActor(view)), "progress");
        var names = new DropNames(plan.DropFolder ?? plan.Work.FullPath, plan.Pseudonyms);
        var rules = LedgerSettings.From(config.GetConfig("ledger"));
        var disk = new DiskWatermark(plan.Work.FullPath, rules.MinFree);
        var ledger = system.ActorOf(LedgerActor.Props(plan.Work.LedgerPath, names, rules, time, plan.Work.Store, disk), "ledger");
        var trainer = system.ActorOf(TrainerOwner.Props(phases, training, time), "trainer");
        var director = system.ActorOf(
            Props.Create(() => new RunDirector(new RunDirectorContext
            {
                Store = plan.Work.Store,
                LabelsFile = plan.LabelsRead,
                Preset = plan.Preset,
                Options = plan.Options,
                Once = plan.Once,
                WatchesFolder = plan.DropFolder != null,
                NewRun = plan.NewRun,
                Resume = plan.Resume,
                LastPhase = plan.LastPhase,
                MinimumPatients = training.MinimumPatients,
                Settings = RunDirectorSettings.From(config.GetConfig("runs")),
                Ledger = ledger,
                Trainer = trainer,
                Time = time,
                Type = (run, patients) => new FinishedRun(run, phases).Type(patients),
                WriteReport = run => ReportWriter.Write(run, plan.Work.Store),
                Ended = ended,
            })).WithDispatcher(TrainingSettings.Dispatcher),
            "director");
        return new ActorWiring(ledger, plan.DropFolder is null ? ActorRefs.Nobody : StartIntake(system, plan, names, disk, config, ledger), trainer, director);
    }

    private static IActorRef StartIntake(ActorSystem system, HostPlan plan, DropNames names, DiskWatermark disk, Config config, IActorRef ledger)
    {
        var time = TimeProvider.System;
        var reader = DicomLibrary.Reader();
        var (ct, slides) = (CtSettings.From(plan.Config), SlideSettings.From(config.GetConfig("slides")));
        var dispatch = DispatchSettings.From(config.GetConfig("dispatch"));
        JobGraph graph = job => job.Kind == ItemKind.Ct ? CtStream.Process(job, ct, plan.Work.Store, reader) : SlideStream.Process(job, slides, plan.Work.Store);
        var dispatcher = system.ActorOf(Props.Create(() => new Dispatcher(ledger, dispatch, job => JobRunner.Props(job, graph, dispatch.TimeLimit, time))), "dispatcher");
        system.ActorOf(Props.Create(() => new RequestDesk(plan.Work.FullPath, ledger, TimeSpan.FromSeconds(1))), "requests");
        system.ActorOf(DropFolderActor.Props(names, DropSettings.From(config.GetConfig("drop")), new CtFileProbe(reader), ledger, time, disk), "drop-folder");
        if (plan.Pseudonyms is { } pseudonyms)
        {
            system.ActorOf(Props.Create(() => new LabelsMirror(plan.LabelsFile, plan.LabelsRead, pseudonyms, TimeSpan.FromSeconds(1))), "labels-mirror");
        }

        return dispatcher;
    }
}
