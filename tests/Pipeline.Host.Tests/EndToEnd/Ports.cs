using System.Net;
using System.Net.Sockets;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Ports for tests.</summary>
internal static class Ports
{
    /// <summary>One that is free now on loopback.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
