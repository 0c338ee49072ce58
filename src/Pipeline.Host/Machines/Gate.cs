using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>The host's door for other machines: an actor system of its own on an address of the network, the oldest member of the cluster of machines. The host's own workers are not in it.</summary>
internal sealed class Gate : IDisposable
{
    private readonly RunCertificate _cookie;
    private readonly ActorSystem _system;
    private Action _stranger = () => { };

    private Gate(RunCertificate cookie, Config config)
    {
        _cookie = cookie;
        _system = ActorSystem.Create(cookie.Name, BootstrapSetup.Create().WithConfig(config).And(cookie.Setup(() => _stranger())));
        Mailbox = _system.ActorOf(Props.Create(() => new Mailbox()), Machines.Mailbox.Name);
        var cluster = Cluster.Get(_system);
        cluster.Join(cluster.SelfAddress);
    }

    /// <summary>Where messages of machines arrive, and the sender of what they are told.</summary>
    public IActorRef Mailbox { get; }

    /// <summary>Opens it.</summary>
    /// <param name="listening">Where, and who may join.</param>
    /// <param name="lease">How long a machine may go on without a word.</param>
    /// <exception cref="InputException">The cookie file cannot be used, or nobody can listen there.</exception>
    public static Gate Open(Listening listening, TimeSpan lease)
    {
        var cookie = CookieFile.Read(listening.CookieFile);
        try
        {
            return new Gate(cookie, WorkCluster.OfMachines(WorkCluster.HostRole, listening.Endpoint.Address.ToString(), listening.Endpoint.Port, lease));
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            cookie.Dispose();
            throw new InputException($"Nobody can listen at --listen {listening.Endpoint}: {reason}. Give an address of this machine by which the others reach it, and a port that is free.", ExitCode.Environment);
        }
    }

    /// <summary>What happens when someone with another cookie, or none, comes.</summary>
    public void Strangers(Action told) => _stranger = told;

    /// <summary>Takes a machine that is lost out of the cluster.</summary>
    public void Forget(Address machine) => Cluster.Get(_system).Down(machine);

    /// <inheritdoc/>
    public void Dispose()
    {
        _system.Dispose();
        _cookie.Dispose();
    }

    private static string? Reason(Exception? e) => e switch
    {
        null => null,
        System.Net.Sockets.SocketException socket => socket.Message,
        AggregateException { InnerExceptions: var inner } => inner.Select(Reason).FirstOrDefault(reason => reason is not null),
        _ => Reason(e.InnerException),
    };
}
