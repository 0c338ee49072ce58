using System.Security.Cryptography;

namespace MhdNet.Host.Machines;

/// <summary>What <c>mhdnet worker --join</c> is to do; everything in it has been checked.</summary>
/// <param name="Hosts">Where a host may listen: the first that answers is joined.</param>
/// <param name="CookieFile">The cookie file.</param>
/// <param name="Name">This machine's name, for people.</param>
/// <param name="Workers">Worker processes.</param>
/// <param name="Paths">Where the host's folders are here.</param>
/// <param name="Lease">How long a host is waited for, as this machine's settings have it, before it has told its own.</param>
internal sealed record MachinePlan(IReadOnlyList<Endpoint> Hosts, string CookieFile, string Name, int Workers, PathMap Paths, TimeSpan Lease)
{
    /// <summary>A random word by which a host knows this process again.</summary>
    public string Process { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
