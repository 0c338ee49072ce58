using Akka.Actor;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Progress;
using MhdNet.Host.Report;
using MhdNet.Host.Runs;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Inference;
using MhdNet.Training.Phases;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Hosting;

/// <summary>Every actor of a host and who talks to whom, in one place.</summary>
/// <param name="Ledger">The one writer of the ledger, or what stands before it.</param>
/// <param name="Dispatcher">Gives items to workers; nobody where no folder is watched.</param>
/// <param name="Trainer">Trains runs.</param>
/// <param name="Director">Decides what comes next.</param>
internal sealed record ActorWiring(IActorRef Ledger, IActorRef Dispatcher, IActorRef Trainer, IActorRef Director)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10); // of a share

    /// <summary>Starts the actors.</summary>
    /// <param name="system">The actor system, with the plan's configuration.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="fleet">Who reads; null where no folder is watched.</param>
    /// <param name="machines">Who reads on other machines; null where none may join.</param>
    /// <param name="view">Where a person follows it.</param>
    /// <param name="ended">Called when nothing is left to do, or when there is no use in going on.</param>
    public static async Task<ActorWiring> Start(ActorSystem system, HostPlan plan, Props? fleet, Props? machines, IProgressView view, Action<Decision.End> ended)
    {
        var time = TimeProvider.System;
        var config = plan.Config.GetConfig("mhdnet");
        var training = TrainingSettings.From(plan.Config);
        var phases = TrainerFaults.In(new PhaseFactory(plan.Device));
        var root = system.ActorOf(Props.Create(() => new HostSupervisor((part, sentence) => GiveUp(plan, part, sentence, ended))), "host");
        Task<IActorRef> Part(string name, Props props) => root.Ask<IActorRef>(new HostSupervisor.StartPart(name, props), Patience);

        await Part("progress", Props.Create(() => new ProgressActor(view, null))).ConfigureAwait(false);
        var names = new DropNames(plan.DropFolder ?? plan.Work.FullPath, plan.Pseudonyms);
        var rules = LedgerSettings.From(config.GetConfig("ledger"));
        var headers = new HeaderShelf();
        var disk = new DiskWatermark(plan.Work.FullPath, rules.MinFree);
        var ledger = await Part("ledger", LedgerActor.Props(plan.Work.LedgerPath, names, rules, time, plan.Work.Store, disk, headers: headers, mark: plan.Work.Mark)).ConfigureAwait(false);
        var trainer = await Part("trainer", TrainerOwner.Props(phases, training, time, plan.Work.Mark)).ConfigureAwait(false);
        var director = await Part(
            "director",
            Props.Create(() => new RunDirector(new RunDirectorContext
            {
                Store = plan.Work.Store,
                Mark = plan.Work.Mark,
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
            })).WithDispatcher(TrainingSettings.Dispatcher)).ConfigureAwait(false);
        if (fleet is null)
        {
            return new ActorWiring(ledger, ActorRefs.Nobody, trainer, director);
        }

        var dispatch = DispatchSettings.From(config.GetConfig("dispatch"));
        Func<string?> away = () => DropGuard.Away(names.Folder, plan.Work.FullPath);
        var guard = await Part("drop-guard", Props.Create(() => new DropGuard(ledger, away, AnswerPatience, time))).ConfigureAwait(false);
        var dispatcher = await Part("dispatcher", Props.Create(() => new Dispatcher(guard, dispatch, fleet, machines, _ => null, time))).ConfigureAwait(false);
        await Part("requests", Props.Create(() => new RequestDesk(plan.Work.FullPath, ledger, TimeSpan.FromSeconds(1)))).ConfigureAwait(false);
        var watching = DropSettings.From(config.GetConfig("drop"));
        if (plan.Once)
        {
            watching = watching with { RestMax = watching.PollInterval }; // someone waits for the end
        }

        await Part("drop-folder", DropFolderActor.Props(names, watching, new CtFileProbe(DicomLibrary.Reader(), headers), ledger, time, disk)).ConfigureAwait(false);
        if (plan.Pseudonyms is { } pseudonyms)
        {
            await Part("labels-mirror", Props.Create(() => new LabelsMirror(plan.LabelsFile, plan.LabelsRead, pseudonyms, TimeSpan.FromSeconds(1)))).ConfigureAwait(false);
        }

        return new ActorWiring(guard, dispatcher, trainer, director);
    }

    /// <summary>Who waits for an end must get one, and without the director nobody would hear of anything.</summary>
    private static void GiveUp(HostPlan plan, string part, string sentence, Action<Decision.End> ended)
    {
        if (plan.Once || part == "director")
        {
            ended(new Decision.End(ExitCode.Failed, sentence));
        }
    }
}
