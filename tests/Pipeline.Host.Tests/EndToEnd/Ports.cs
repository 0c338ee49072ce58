using System.Net;
using System.Net.Sockets;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Ports for tests.</summary>
internal static class Ports
{
    /// <summary>Loopback's IPv6 address in brackets; its IPv4 address where there is no IPv6.</summary>
    public static string Loopback()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return "[::1]";
        }
        catch (SocketException)
        {
            return "127.0.0.1";
        }
    }

    /// <summary>One that is free now on loopback.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
