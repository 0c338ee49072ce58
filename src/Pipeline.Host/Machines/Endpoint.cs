using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MhdNet.Host.Commands;

namespace MhdNet.Host.Machines;

/// <summary>Where a host listens for machines: an IPv4 address, since both sides must call the host by the same name, and a port.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port.</param>
internal readonly record struct Endpoint(IPAddress Address, int Port)
{
    /// <summary>Reads <c>ADDRESS:PORT</c>; a name is looked up.</summary>
    /// <param name="option">The option that it was given to, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InputException">It is something else, or the name has no IPv4 address.</exception>
    public static Endpoint Parse(string option, string text) => text.Split(':') is [{ Length: > 0 } host, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
        ? new Endpoint(Resolve(option, host), port)
        : throw new InputException($"{option} is '{text}'; it must be ADDRESS:PORT, for example 10.0.0.1:4810.");

    /// <summary>The address by which a host of this address reaches this machine.</summary>
    /// <exception cref="SocketException">There is no way to it.</exception>
    public IPAddress OwnAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(Address, Port); // nothing is sent: the system only chooses the way
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Address}:{Port}");

    private static IPAddress Resolve(string option, string host)
    {
        try
        {
            return IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetwork ? address : Dns.GetHostAddresses(host, AddressFamily.InterNetwork)[0];
        }
        catch (SocketException e)
        {
            throw new InputException($"{option} names '{host}', which has no IPv4 address: {e.Message}. Give the address itself.");
        }
    }
}
