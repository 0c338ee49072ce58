using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>Knocks at a host before a cluster is joined, where a wrong cookie would only be silence.</summary>
internal static class HostProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Tries to speak TLS with a host, and says nothing.</summary>
    /// <param name="host">Where the host listens.</param>
    /// <param name="cookie">What both must show.</param>
    /// <param name="stop">Ends the attempt.</param>
    public static async Task<Answer> Knock(Endpoint host, RunCertificate cookie, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        X509Certificate? shown = null;
        try
        {
            using var client = new TcpClient(host.Address.AddressFamily);
            await client.ConnectAsync(host.Address, host.Port, patience.Token).ConfigureAwait(false);
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "mhdnet",
                    ClientCertificates = [cookie.Shown],
                    LocalCertificateSelectionCallback = (_, _, _, _, _) => cookie.Shown,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = certificate) is not null, // a wrong one, too: the host is to see this one, and says so in its log
                },
                patience.Token).ConfigureAwait(false);
            if (cookie.IsSame(shown))
            {
                return Answer.Welcome;
            }

            // The host reads this certificate after the handshake is over here (TLS 1.3), and then hangs up. Who hangs up before may not be seen.
            _ = await tls.ReadAsync(new byte[1], patience.Token).ConfigureAwait(false);
            return Answer.OtherCookie;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or OperationCanceledException)
        {
            return shown is null || cookie.IsSame(shown) ? Answer.NoHost : Answer.OtherCookie;
        }
    }

    /// <summary>Who is there.</summary>
    internal enum Answer
    {
        /// <summary>Nobody, or someone who is no host.</summary>
        NoHost,

        /// <summary>A host with another cookie.</summary>
        OtherCookie,

        /// <summary>A host with the same cookie.</summary>
        Welcome,
    }
}
