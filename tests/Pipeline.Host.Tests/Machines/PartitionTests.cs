using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Remote;
using Akka.Remote.Transport;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Tests.Machines;

/// <summary>A host and three machines as real members of one cluster, between which the network falls apart: the split brain resolver decides.</summary>
public sealed class PartitionTests : IDisposable
{
    private static readonly Config Adapters = ConfigurationFactory.ParseString($$"""
        akka.remote.dot-netty.tcp.applied-adapters = ["trttl"]
        akka.cluster.unreachable-nodes-reaper-interval = 1s
        akka.cluster.failure-detector.implementation-class = "{{typeof(SilenceDetector).AssemblyQualifiedName}}"
        """);
    private readonly RunCertificate _cookie = RunCertificate.Create();
    private readonly ActorSystem _host;
    private readonly ActorSystem[] _machines;

    public PartitionTests()
    {
        _host = Start(WorkCluster.HostRole);
        var host = Cluster.Get(_host);
        host.Join(host.SelfAddress);
        _machines = [Start("machine"), Start("machine"), Start("machine")];
        Array.ForEach(_machines, machine => Cluster.Get(machine).Join(host.SelfAddress));
    }

    public void Dispose()
    {
        Array.ForEach(_machines, machine => machine.Dispose());
        _host.Dispose();
        _cookie.Dispose();
    }

    [Fact]
    public async Task The_side_with_the_host_lives_on_however_many_machines_are_on_the_other()
    {
        await AllAreUp();
        await Task.WhenAll(_machines.SelectMany(machine => (Task<bool>[])[Cut(machine, _host), Cut(_host, machine)]));
        await Until("the end of the machines", () => _machines.All(machine => Cluster.Get(machine).IsTerminated));
        await Until("the host alone", () => UpAt(_host) == 1);
        Assert.False(Cluster.Get(_host).IsTerminated);
    }

    [Fact]
    public async Task A_machine_alone_is_out_and_the_others_stay_with_the_host()
    {
        await AllAreUp();
        ActorSystem[] others = [_host, .. _machines[1..]];
        await Task.WhenAll(others.SelectMany(other => (Task<bool>[])[Cut(_machines[0], other), Cut(other, _machines[0])]));
        await Until("the end of the machine that was cut off", () => Cluster.Get(_machines[0]).IsTerminated);
        await Until("three members at the others", () => others.All(other => UpAt(other) == 3));
        Assert.DoesNotContain(others, other => Cluster.Get(other).IsTerminated);
    }

    private ActorSystem Start(string role) => ActorSystem.Create(
        _cookie.Name, BootstrapSetup.Create().WithConfig(Adapters.WithFallback(WorkCluster.OfMachines(role, "127.0.0.1", 0, TimeSpan.FromSeconds(4)))).And(_cookie.Setup()));

    private static int UpAt(ActorSystem system)
    {
        var state = Cluster.Get(system).State;
        return state.Members.Count(member => member.Status == MemberStatus.Up) - state.Unreachable.Count;
    }

    private static Task<bool> Cut(ActorSystem from, ActorSystem to) =>
        ((IRemoteActorRefProvider)((ExtendedActorSystem)from).Provider).Transport.ManagementCommand(new SetThrottle(Cluster.Get(to).SelfAddress, ThrottleTransportAdapter.Direction.Both, Blackhole.Instance));

    private Task AllAreUp() =>
        Until("four members everywhere", () => UpAt(_host) == 4 && _machines.All(machine => UpAt(machine) == 4));

    private Task Until(string what, Func<bool> wanted) =>
        Patience.Until(what, wanted, () => string.Join("; ", _machines.Prepend(_host).Select(Told)));

    private static string Told(ActorSystem system)
    {
        var state = Cluster.Get(system).State;
        return $"{string.Join(' ', state.Members)} without {string.Join(' ', state.Unreachable)}";
    }
}
