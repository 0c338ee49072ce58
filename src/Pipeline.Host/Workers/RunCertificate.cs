using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace MhdNet.Host.Workers;

/// <summary>
/// A certificate that host and workers show to each other; they talk to nobody who has not its key. That of a run lives in the memory of its processes only, that of several machines in a cookie
/// file on each.
/// </summary>
internal sealed class RunCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private RunCertificate(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Makes one.</summary>
    public static RunCertificate Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mhdnet", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        return new RunCertificate(request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10)));
    }

    /// <summary>Reads what <see cref="ToPem"/> wrote.</summary>
    public static RunCertificate Of(string pem) => new(X509Certificate2.CreateFromPem(pem, pem));

    /// <summary>Certificate and key.</summary>
    public string ToPem()
    {
        using var key = _certificate.GetECDsaPrivateKey()!;
        return $"{_certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>A name that follows from the certificate: who has the same gives its system the same.</summary>
    public string Name => "mhdnet-" + Convert.ToHexStringLower(SHA256.HashData(_certificate.RawData))[..32];

    /// <summary>What is shown.</summary>
    public X509Certificate2 Shown => _certificate;

    /// <summary>Both sides show this certificate, and accept no other.</summary>
    /// <param name="stranger">Called where another side shows another one.</param>
    public DotNettySslSetup Setup(Action? stranger = null) => new(
        _certificate, suppressValidation: false, requireMutualAuthentication: true, validateCertificateHostname: false,
        (shown, _, _, _, _) =>
        {
            var same = IsSame(shown);
            if (!same)
            {
                stranger?.Invoke();
            }

            return same;
        });

    /// <summary>Whether someone shows this certificate.</summary>
    public bool IsSame(X509Certificate? shown) => shown is not null && CryptographicOperations.FixedTimeEquals(shown.GetRawCertData(), _certificate.RawData);

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
