using System.Diagnostics;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>"Machines" that are network namespaces on one bridge, with a cable each that can be pulled. Needs the right to make them.</summary>
internal sealed class Network : IDisposable
{
    private const string Ip = "/usr/sbin/ip";
    private readonly string _name = $"mhd{Environment.ProcessId % 100_000}";
    private readonly int _machines;

    private Network(int machines) => _machines = machines;

    /// <summary>Makes some; the test is skipped, by name, where that is not allowed.</summary>
    public static Network Of(int machines)
    {
        var network = new Network(machines);
        try
        {
            network.Make();
            return network;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            network.Dispose();
            Skip.If(true, $"needs 'ip netns', which is not allowed here: {e.Message}");
            throw;
        }
    }

    /// <summary>A machine's address, from 1.</summary>
    public static string Address(int machine) => $"10.213.7.{machine}";

    /// <summary>The words before a command that runs it on a machine.</summary>
    public string[] On(int machine) => [Ip, "netns", "exec", Space(machine)];

    /// <summary>Pulls a machine's cable.</summary>
    public void Cut(int machine) => Run("-n", Space(0), "link", "set", $"port{machine}", "down");

    /// <summary>Puts it back.</summary>
    public void Mend(int machine) => Run("-n", Space(0), "link", "set", $"port{machine}", "up");

    public void Dispose()
    {
        for (var space = 0; space <= _machines; space++)
        {
            Try("netns", "del", Space(space));
        }
    }

    private void Make()
    {
        Run("netns", "add", Space(0));
        Run("-n", Space(0), "link", "add", "bridge", "type", "bridge");
        Run("-n", Space(0), "link", "set", "bridge", "up");
        for (var machine = 1; machine <= _machines; machine++)
        {
            Run("netns", "add", Space(machine));
            Run("-n", Space(machine), "link", "set", "lo", "up");
            Run("-n", Space(0), "link", "add", $"port{machine}", "type", "veth", "peer", "name", "eth0", "netns", Space(machine));
            Run("-n", Space(0), "link", "set", $"port{machine}", "master", "bridge", "up");
            Run("-n", Space(machine), "address", "add", $"{Address(machine)}/24", "dev", "eth0");
            Run("-n", Space(machine), "link", "set", "eth0", "up");
        }
    }

    private string Space(int machine) => $"{_name}-{machine}";

    private static void Run(params string[] arguments)
    {
        var (code, said) = Try(arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {said}");
        }
    }

    private static (int Code, string Said) Try(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Ip, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said.Trim());
    }
}
