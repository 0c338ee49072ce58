using Akka.Actor;
using Akka.Configuration;
using MhdNet.Training.Batches;
using MhdNet.Training.Options;
using MhdNet.Training.Results;
using MhdNet.Training.Tests.Cohorts;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

/// <summary>What the trainer's tests share: a small cohort on disk, an owner, and a probe that hears the events.</summary>
public abstract class TrainerSpec : ActorTest
{
    internal static readonly MhdOptions Options = new() { Frames = 8, Size = 8, Batch = 2, TeacherEpochs = 3, StudentEpochs = 2, WindowLow = -400, WindowHigh = 600 };

    private static readonly Config Fast = ConfigurationFactory.ParseString(
        "mhdnet.training { min-backoff = 1ms, max-backoff = 2ms, bootstrap-draws = 50, figures = off }");

    protected TrainerSpec()
        : base(Fast.WithFallback(TrainingSettings.Reference))
    {
        Settings = TrainingSettings.From(Sys.Settings.Config);
        foreach (var type in new[] { typeof(TrainingFinished), typeof(TrainerRestarted), typeof(NonFiniteLoss), typeof(SequencesLeftOut) })
        {
            Sys.EventStream.Subscribe(TestActor, type);
        }
    }

    internal TemporaryFolder Work { get; } = new();

    internal RecordingFactory Factory { get; } = new();

    internal TrainingSettings Settings { get; set; }

    internal RunFolder NewRun(MhdOptions? options = null)
    {
        var store = new SmallStore(Work);
        foreach (var n in Enumerable.Range(1, 4))
        {
            store.Patient($"A{n}", "A", n == 1 ? "test" : n == 2 ? "val" : "train", tumour: "0-7").Patient($"B{n}", "B", n == 1 ? "test" : n == 2 ? "val" : "train");
        }

        var cohort = store.Patient("U1", null, slides: 0).Cohort().Cohort;
        return RunFolder.Create(Work.Path, "small", options ?? Options, cohort, TimeProvider.System);
    }

    internal IActorRef Owner(Func<RunFolder, MhdOptions, ISequenceReader>? reader = null) =>
        Sys.ActorOf(reader is null ? TrainerOwner.Props(Factory, Settings, TimeProvider.System) : TrainerOwner.Props(Factory, reader, Settings, TimeProvider.System));

    internal TrainingFinished Train(RunFolder run)
    {
        Owner().Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        return (TrainingFinished)FishForMessage(message => message is TrainingFinished);
    }

    protected override void AfterAll()
    {
        Shutdown(); // nothing writes into the folder once the actors have ended
        base.AfterAll();
        Work.Dispose();
    }
}
