using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Streams;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>A process of its own that ingests a drop folder once, with the real ledger, store and streams, and may be killed at any moment.</summary>
internal static class IngestChild
{
    private static readonly CtSettings Ct = new() { Frames = 4, Size = 16, MinSlices = 6, TrimSuperior = 0, TrimInferior = 0 };

    /// <summary>
    /// Arguments: drop folder, work folder, and the salt where patients are hidden; or the word of <see cref="DecodeChild"/> or of
    /// <see cref="CodecChild"/>.
    /// </summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is [DecodeChild.Word])
        {
            return DecodeChild.Run();
        }

        if (args is [CodecChild.Word])
        {
            return CodecChild.Run();
        }

        using var work = WorkFolder.Open(args[1], TimeProvider.System, out _);
        using var system = ActorSystem.Create("child", ConfigurationFactory.ParseString("akka.loglevel = ERROR, akka.stdout-loglevel = ERROR"));
        var names = new DropNames(args[0], args.Length > 2 ? new Pseudonyms(Convert.FromHexString(args[2])) : null);
        var rules = new LedgerSettings(3, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20));
        var drop = new DropSettings { PollInterval = TimeSpan.FromMilliseconds(10), MinAge = TimeSpan.Zero, QuietPeriod = TimeSpan.FromMilliseconds(30), RestMax = TimeSpan.FromMilliseconds(20) };
        var reader = new DicomReader();
        var ledger = system.ActorOf(LedgerActor.Props(work.LedgerPath, names, rules, TimeProvider.System, work.Store));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new Worker(ledger, work.Store, reader, ended)));
        system.ActorOf(Props.Create(() => new RequestDesk(work.FullPath, ledger, TimeSpan.FromMilliseconds(10))));
        system.ActorOf(DropFolderActor.Props(names, drop, new CtFileProbe(reader), ledger, TimeProvider.System));
        await ended.Task.ConfigureAwait(false); // who started it sees whether it moves
        return 0;
    }

    /// <summary>One job after the other; the end comes with a settled intake and no open request.</summary>
    private sealed class Worker : ReceiveActor, IWithTimers
    {
        public Worker(IActorRef ledger, SequenceStore store, DicomReader reader, TaskCompletionSource ended)
        {
            var materializer = Context.Materializer();
            Receive<Poll>(_ => ledger.Tell(new TakeReady(1)));
            Receive<Jobs>(jobs =>
            {
                foreach (var job in jobs.Items)
                {
                    Timers.Cancel(nameof(Poll));
                    CtStream.Process(job, Ct, store, reader).Run(materializer).PipeTo(Self, success: outcome => new JobFinished(job.Item, outcome, TimeSpan.Zero, job.Attempt));
                }
            });
            Receive<JobFinished>(finished => ledger.Tell(finished));
            Receive<ItemStored>(_ => Begin());
            Receive<IntakeStatus>(status => status.IsSettled && RequestFiles.Pending(store.WorkFolder).Count == 0, _ => ended.TrySetResult());
            ReceiveAny(_ => { });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Context.System.EventStream.Subscribe<IntakeStatus>(Self);
            Begin();
        }

        private void Begin() => Timers.StartPeriodicTimer(nameof(Poll), new Poll(), TimeSpan.Zero, TimeSpan.FromMilliseconds(5));

        private sealed record Poll;
    }
}
