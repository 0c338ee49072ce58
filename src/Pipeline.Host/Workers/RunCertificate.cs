using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace MhdNet.Host.Workers;

/// <summary>
/// The certificate of one run: host and workers show it to each other, and talk to nobody who has not its key. It lives in the memory of these processes only.
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

    /// <summary>Both sides show this certificate, and accept no other.</summary>
    public DotNettySslSetup Setup() => new(
        _certificate, suppressValidation: false, requireMutualAuthentication: true, validateCertificateHostname: false,
        (shown, _, _, _, _) => shown is not null && CryptographicOperations.FixedTimeEquals(shown.RawData, _certificate.RawData));

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
