using Akka.Actor;
using Akka.Event;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Dispatch;

/// <summary>
/// Gives ready items to runners, never more at once than there are workers: it asks the ledger only for what it can start now, so nothing
/// queues between the two. A runner that dies counts as a failed attempt of its item alone.
/// </summary>
public sealed class Dispatcher : ReceiveActor, IWithTimers
{
    private readonly IActorRef _ledger;
    private readonly DispatchSettings _settings;
    private readonly Func<Job, Props> _runner;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<IActorRef, Job> _running = [];
    private bool _asked;

    /// <summary>A dispatcher.</summary>
    /// <param name="ledger">The ledger's actor.</param>
    /// <param name="settings">How many workers, how long a job may take.</param>
    /// <param name="runner">Props of the actor that does a job and tells its parent <see cref="JobRunner.Finished"/>.</param>
    public Dispatcher(IActorRef ledger, DispatchSettings settings, Func<Job, Props> runner)
    {
        (_ledger, _settings, _runner) = (ledger, settings, runner);
        Receive<ItemChanged>(changed => changed.Item.State == ItemState.Ready, _ => Ask());
        Receive<ItemChanged>(_ => { });
        Receive<AskAgain>(_ => Ask());
        Receive<Jobs>(Start);
        Receive<JobRunner.Finished>(Report);
        Receive<Terminated>(dead => Bury(dead.ActorRef));
        Receive<ItemStored>(_ => { });
        Receive<LedgerFailed>(Later);
        Receive<StopDispatch>(_ => HandBack());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe<ItemChanged>(Self);
        Timers.StartPeriodicTimer(nameof(AskAgain), AskAgain.Instance, _settings.PollInterval);
        Ask();
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Ask()
    {
        var free = _settings.Workers - _running.Count;
        if (!_asked && free > 0)
        {
            _asked = true;
            _ledger.Tell(new TakeReady(free));
        }
    }

    private void Start(Jobs jobs)
    {
        _asked = false;
        foreach (var job in jobs.Items)
        {
            _running.Add(Context.Watch(Context.ActorOf(_runner(job))), job);
        }

        if (jobs.Items.Count > 0)
        {
            Ask();
        }
    }

    private void Report(JobRunner.Finished finished)
    {
        if (_running.Remove(Sender, out var job))
        {
            Context.Unwatch(Sender);
            _ledger.Tell(new JobFinished(job.Item, finished.Outcome, finished.Duration, job.Attempt));
            Ask();
        }
    }

    private void Bury(IActorRef runner)
    {
        if (_running.Remove(runner, out var job))
        {
            var reason = new Reason("worker-died", $"{job.Item}: the worker that read it stopped without an answer; the log says why.");
            _ledger.Tell(new JobFinished(job.Item, new Outcome.Failed(reason), TimeSpan.Zero, job.Attempt));
            Ask();
        }
    }

    private void Later(LedgerFailed failed)
    {
        _log.Error("The ledger could not store {0}: {1}", failed.Request.GetType().Name, failed.Reason);
        if (failed.Request is TakeReady)
        {
            _asked = false;
        }
        else
        {
            // An outcome must not get lost: it is offered until the ledger takes it. Twice does no harm.
            Context.System.Scheduler.ScheduleTellOnce(_settings.PollInterval, _ledger, failed.Request, Self);
        }
    }

    private void HandBack()
    {
        Timers.CancelAll();
        foreach (var (runner, job) in _running)
        {
            Context.Unwatch(runner);
            Context.Stop(runner);
            _ledger.Tell(new JobReturned(job.Item));
        }

        _running.Clear();
        Become(() =>
        {
            Receive<Jobs>(late => late.Items.Select(job => new JobReturned(job.Item)).ToList().ForEach(_ledger.Tell));
            ReceiveAny(_ => { });
        });
        Sender.Tell(new DispatchStopped());
    }

    private sealed class AskAgain
    {
        public static readonly AskAgain Instance = new();
    }
}
