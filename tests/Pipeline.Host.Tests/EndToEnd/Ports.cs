using System.Net;
using System.Net.Sockets;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Ports for tests.</summary>
internal static class Ports
{
    private static int _last = Environment.ProcessId * 100; // two runs of the tests at once begin at different ones

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

    /// <summary>
    /// One that is free, and stays so until the program that is to have it is ready: none of those that the system gives to whoever asks
    /// for any.
    /// </summary>
    public static int Free()
    {
        while (true)
        {
            var port = 20_000 + (Interlocked.Increment(ref _last) % 10_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // somebody has it
            }
        }
    }
}
