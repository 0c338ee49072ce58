using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MhdNet.Host.Commands;

namespace MhdNet.Host.Machines;

/// <summary>Where a host listens for machines: an IPv4 or IPv6 address, since both sides must call the host by the same name, and a port.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port.</param>
internal readonly record struct Endpoint(IPAddress Address, int Port)
{
    /// <summary>The address as it stands in Akka's addresses, and before a port: IPv6 in brackets.</summary>
    public string HostName => Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();

    /// <summary>Reads <c>ADDRESS:PORT</c>, <c>[IPV6]:PORT</c>; a name is looked up.</summary>
    /// <param name="option">The option that it was given to, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InputException">It is something else, or the name has no address.</exception>
    public static Endpoint Parse(string option, string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon];
        var isBracketed = host is ['[', .., ']'];
        if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535 || host.Length == 0)
        {
            throw new InputException($"{option} is '{text}'; it must be ADDRESS:PORT, for example 10.0.0.1:4810.");
        }

        if (isBracketed != host.Contains(':', StringComparison.Ordinal))
        {
            throw new InputException($"{option} is '{text}'; it must be ADDRESS:PORT, and of an IPv6 address [ADDRESS]:PORT, for example [fd00::1]:4810.");
        }

        return new Endpoint(isBracketed ? OfIpv6(option, host[1..^1]) : Resolve(option, host), port);
    }

    /// <summary>The address by which a host of this address reaches this machine.</summary>
    /// <exception cref="SocketException">There is no way to it.</exception>
    public IPAddress OwnAddress()
    {
        using var socket = new Socket(Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(Address, Port); // nothing is sent: the system only chooses the way
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{HostName}:{Port}");

    private static IPAddress OfIpv6(string option, string text) => !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetworkV6
        ? throw new InputException($"{option} names '{text}', which is no IPv6 address.")
        : address.IsIPv6LinkLocal ? throw new InputException($"{option} names {text}, a link-local address, by which two machines do not call a third the same. Give one that is the same on all machines.")
        : address;

    private static IPAddress Resolve(string option, string host)
    {
        try
        {
            return IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetwork ? address
                : Dns.GetHostAddresses(host).Where(one => !one.IsIPv6LinkLocal).OrderBy(one => one.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).FirstOrDefault()
                    ?? throw new InputException($"{option} names '{host}', which has no address that other machines could use. Give the address itself.");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TryAgain)
        {
            throw new InputException($"{option} names '{host}', which cannot be looked up now: {e.Message}. Look at the network and its name server, or give the address itself.", ExitCode.Environment);
        }
        catch (SocketException e)
        {
            throw new InputException($"{option} names '{host}', which has no address: {e.Message}. Give the address itself.");
        }
    }
}
