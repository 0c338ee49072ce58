using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using MhdNet.Host.Commands;

namespace MhdNet.Host.Machines;

/// <summary>Where a host lets other machines join, and who may.</summary>
/// <param name="Endpoint">The address and port.</param>
/// <param name="CookieFile">What a machine must have, too.</param>
internal sealed record Listening(Endpoint Endpoint, string CookieFile)
{
    /// <summary>The option of the place.</summary>
    public static Option<string?> ListenOption() => new("--listen")
    {
        Description = "Lets other machines join with 'mhdnet worker --join': an address of this machine, and a port. Needs --cookie-file.",
        HelpName = "ADDRESS:PORT",
    };

    /// <summary>The option of the cookie.</summary>
    public static Option<FileInfo?> CookieOption() => new("--cookie-file")
    {
        Description = "The secret that host and machines share, made with 'mhdnet cookie'; the connection is encrypted with it.",
        HelpName = "FILE",
    };

    /// <summary>What the options say; null: nobody may join.</summary>
    /// <exception cref="InputException">One is there without the other, the address is none, or nobody could join a host that reads in its own process.</exception>
    public static Listening? Of(string? listen, FileInfo? cookie, bool inProcess) => (listen, cookie) switch
    {
        (null, null) => null,
        (not null, _) when inProcess => throw new InputException("--in-process reads in this process alone, so no machine can join at --listen. Leave one of them out."),
        (null, _) => throw new InputException("--cookie-file is for machines that join, and without --listen none can. Add --listen ADDRESS:PORT, or leave both out."),
        (_, null) => throw new InputException("--listen needs --cookie-file: without it anyone in the network could join and read patients' files. Make one with 'mhdnet cookie --out FILE', and copy it to every machine."),
        _ => new Listening(Usable(Endpoint.Parse("--listen", listen)), cookie.FullName),
    };

    /// <summary>What is wrong is told at once: a standby listens only when it takes over.</summary>
    private static Endpoint Usable(Endpoint endpoint)
    {
        if (endpoint.Address.Equals(IPAddress.Any) || endpoint.Address.Equals(IPAddress.IPv6Any))
        {
            throw new InputException($"--listen is {endpoint.Address}, by which no machine reaches this one. Give the address by which the others reach it.");
        }

        try
        {
            using var socket = new Socket(endpoint.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(endpoint.Address, 0));
            return endpoint;
        }
        catch (SocketException e)
        {
            throw new InputException($"Nobody can listen at --listen {endpoint}: {e.Message}. Give an address of this machine by which the others reach it.", ExitCode.Environment);
        }
    }
}
