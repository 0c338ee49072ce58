using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>DCMTK's receiver as docs/drop-folder.md sets it up, and its sender.</summary>
internal sealed class NetworkDelivery : IDisposable
{
    /// <summary>The script that moves studies into the drop folder.</summary>
    public static readonly string Script = Path.Combine(Repository.Root, "docs", "storescp", "deliver.sh");

    private readonly Process _receiver;
    private readonly int _port;

    private NetworkDelivery(Process receiver, int port) => (_receiver, _port) = (receiver, port);

    /// <summary>Starts the receiver; the test is skipped, by name, where DCMTK is missing.</summary>
    public static async Task<NetworkDelivery> Start(string incoming, string drop)
    {
        RequireTools();
        var port = Ports.Free();
        var receiver = Process.Start("storescp", ["-od", incoming, "-su", "study", "--eostudy-timeout", "1", "--exec-sync", "-xcs", $"{Script} #p {drop}", $"{port}"]);
        var delivery = new NetworkDelivery(receiver, port);
        await delivery.Listening();
        return delivery;
    }

    /// <summary>Skips a test, by name, where DCMTK is missing.</summary>
    public static void RequireTools()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Skip.IfNot(((string[])["storescp", "storescu", "dcmdump", "dump2dcm"]).All(tool => folders.Any(folder => File.Exists(Path.Combine(folder, tool)))), "needs DCMTK (storescp, storescu, dcmdump, dump2dcm), which is not here: apt-get install dcmtk");
    }

    /// <summary>Sends a file, or all files of a folder, in one association.</summary>
    public async Task Send(string path)
    {
        using var sender = Process.Start("storescu", ["localhost", $"{_port}", "+sd", path]);
        await Patience.Until("the end of storescu", () => sender.HasExited, () => $"{Seen.Work(sender.Id)}; {Seen.Work(_receiver.Id)}");
        Assert.Equal(0, sender.ExitCode);
    }

    public void Dispose()
    {
        if (!_receiver.HasExited)
        {
            _receiver.Kill(entireProcessTree: true);
            _receiver.WaitForExit();
        }

        _receiver.Dispose();
    }

    private Task Listening() => Patience.Until("that storescp listens", IsListening, () => Seen.Work(_receiver.Id));

    private async Task<bool> IsListening()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException) when (!_receiver.HasExited)
        {
            return false; // not yet
        }
    }
}
