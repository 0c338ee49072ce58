using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Host.Machines;

/// <summary>
/// One visit of this machine at a host, from its first word until it leaves, is dismissed or cut off. Two actor systems: one in the cluster of machines, with the host; one on loopback, with this
/// machine's own workers, as a host has it. So all that goes between machines goes over one connection, and a worker is never in reach of another machine.
/// </summary>
internal sealed class MachineVisit : IDisposable
{
    private const string Quiet = "akka { loglevel = OFF, stdout-loglevel = OFF, scheduler.tick-duration = 100ms, coordinated-shutdown.exit-clr = off, coordinated-shutdown.run-by-clr-shutdown-hook = off }";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly MachinePlan _plan;
    private readonly Endpoint _host;
    private readonly Action<string> _line;
    private readonly RunCertificate _own = RunCertificate.Create();
    private readonly ActorSystem _network;
    private readonly ActorSystem _workers;
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly TaskCompletionSource<(IWorkMessage Message, IActorRef Host)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CrewEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A visit that has not begun.</summary>
    public MachineVisit(MachinePlan plan, Endpoint host, RunCertificate cookie, Action<string> line)
    {
        (_plan, _host, _line) = (plan, host, line);
        var config = WorkCluster.OfMachines("machine", host.OwnAddress().ToString(), 0, plan.Lease);
        _network = ActorSystem.Create(cookie.Name, BootstrapSetup.Create().WithConfig(config).And(cookie.Setup()));
        _workers = ActorSystem.Create(WorkCluster.NewName(), BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Quiet).WithFallback(WorkCluster.Of(WorkCluster.HostRole))).And(_own.Setup()));
        _workers.ActorOf(Props.Create(() => new PartTeller(line)), "teller");
    }

    /// <summary>Whether the host let this machine work, with its folders here.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Which of the host's folders is not here, where the visit came so far as to look; else null.</summary>
    public string? FolderProblem { get; private set; }

    /// <summary>Joins, works, and returns when no worker is left.</summary>
    /// <exception cref="InputException">The host refuses this machine, or the machine lacks a library.</exception>
    public async Task<CrewEnd> Run(CancellationToken stop)
    {
        var address = new Address("akka.ssl.tcp", _network.Name, _host.HostName, _host.Port);
        var cluster = Cluster.Get(_network);
        cluster.Join(address);
        var mailbox = _network.ActorOf(Props.Create(() => new Mailbox()), Mailbox.Name);
        var (words, host) = (new Enlist(Register.Version, Software.Name, _plan.Name, _plan.Process), _network.ActorSelection(new RootActorPath(address) / "user" / Mailbox.Name));
        Action<IWorkMessage, IActorRef> answered = (message, sender) => _answer.TrySetResult((message, sender));
        var visitor = _workers.ActorOf(Props.Create(() => new Visitor(words, host, mailbox, answered, () => _end.TrySetResult(CrewEnd.CutOff))), "visitor");
        var answer = await Answer(stop).ConfigureAwait(false);
        if (answer is null)
        {
            return stop.IsCancellationRequested ? CrewEnd.Stopped : CrewEnd.CutOff;
        }

        if (answer.Value.Message is Refused refused)
        {
            throw new InputException(refused.Sentence, ExitCode.Environment);
        }

        if (answer.Value.Message is not Enlisted terms)
        {
            return CrewEnd.Dismissed;
        }

        Action<IWorkMessage> tell = message => answer.Value.Host.Tell(message, mailbox);
        FolderProblem = MachineFolders.Problem(terms, _plan.Paths);
        if (FolderProblem is not null)
        {
            tell(new Left(FolderProblem));
            return CrewEnd.NeverBegun;
        }

        HasBegun = true;
        var settings = Crew(terms, tell);
        var crew = await visitor.Ask<IActorRef>(Props.Create(() => new Crew(settings)), Patience, CancellationToken.None).ConfigureAwait(false);
        var end = _end;
        _workers.EventStream.Subscribe(_workers.ActorOf(Props.Create(() => new ImpossibleWorkers(end)), "impossible-workers"), typeof(WorkersImpossible));
        cluster.RegisterOnMemberRemoved(() => crew.Tell(CrewEnd.CutOff, ActorRefs.NoSender));
        _line($"joined {_host} as '{_plan.Name}' with {Ingest.Items.Counted.Of(_plan.Workers, "worker")}; sequences go to {_plan.Paths.Here(terms.WorkFolder)}");
        await using (stop.Register(() => crew.Tell(CrewEnd.Stopped, ActorRefs.NoSender)))
        {
            try
            {
                return await _end.Task.ConfigureAwait(false);
            }
            catch (InputException)
            {
                tell(new Left()); // no worker ever was of use, so none has anything in its hands
                throw;
            }
        }
    }

    /// <summary>Leaves the cluster, as far as there is one, and ends what is left of the workers.</summary>
    public void Dispose()
    {
        _network.Dispose();
        _workers.Dispose();
        _own.Dispose();
    }

    private async Task<(IWorkMessage Message, IActorRef Host)?> Answer(CancellationToken stop)
    {
        try
        {
            return await _answer.Task.WaitAsync(Patience, stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    private CrewSettings Crew(Enlisted terms, Action<IWorkMessage> host) => new()
    {
        Host = host,
        Fleet = Fleets.OfMachine(_workers, _own, _plan.Workers, terms, _plan.Paths.Here(terms.WorkFolder)),
        Paths = _plan.Paths,
        Lease = terms.Lease,
        Heard = _begun,
        Time = TimeProvider.System,
        Line = _line,
        Ended = why => _end.TrySetResult(why),
    };

    /// <summary>Ends a visit of a machine that cannot run a worker.</summary>
    private sealed class ImpossibleWorkers : ReceiveActor
    {
        public ImpossibleWorkers(TaskCompletionSource<CrewEnd> end) =>
            Receive<WorkersImpossible>(impossible => end.TrySetException(new InputException(impossible.Sentence, ExitCode.Environment)));
    }
}
