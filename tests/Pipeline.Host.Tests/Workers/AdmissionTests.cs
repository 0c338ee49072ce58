using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Tests.Workers;

/// <summary>Who reaches a host's actors: real systems on loopback.</summary>
public sealed class AdmissionTests : IDisposable
{
    private readonly RunCertificate _certificate = RunCertificate.Create();
    private readonly string _name = WorkCluster.NewName();
    private readonly ActorSystem _host;
    private readonly string _dispatcher;

    public AdmissionTests()
    {
        _host = Start(_certificate);
        _host.ActorOf(Props.Create(() => new Listener()), "dispatcher");
        Cluster.Get(_host).Join(Cluster.Get(_host).SelfAddress);
        _dispatcher = Cluster.Get(_host).SelfAddress + "/user/dispatcher";
    }

    public void Dispose()
    {
        _host.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public async Task A_worker_with_the_certificate_of_the_run_is_heard()
    {
        using var same = RunCertificate.Of(_certificate.ToPem());
        using var worker = Start(same);
        Assert.Equal(new Registered(), await worker.ActorSelection(_dispatcher).Ask<Registered>(Hello, Patience.Standstill));
    }

    [Fact]
    public async Task A_stranger_who_knows_name_and_port_is_not_heard()
    {
        using var other = RunCertificate.Create();
        using var stranger = Start(other);
        Cluster.Get(stranger).Join(Cluster.Get(_host).SelfAddress);
        await Assert.ThrowsAsync<AskTimeoutException>(() => stranger.ActorSelection(_dispatcher).Ask<Registered>(Hello, TimeSpan.FromSeconds(3)));
        Assert.DoesNotContain(Cluster.Get(_host).State.Members, member => member.Address.Equals(Cluster.Get(stranger).SelfAddress));
    }

    private static Register Hello => new(Register.Version, Ingest.Sequences.Software.Name, new WorkerId("1.1"), "token", 1);

    private ActorSystem Start(RunCertificate certificate) => ActorSystem.Create(
        _name,
        BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }").WithFallback(WorkCluster.Of("worker"))).And(certificate.Setup()));

    private sealed class Listener : ReceiveActor
    {
        public Listener() => Receive<Register>(_ => Sender.Tell(new Registered()));
    }
}
