using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MhdNet.Host.Commands;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>
/// The file that a host and the machines that work for it share: certificate and private key, as PEM. Who has it is one of them, so nobody but its owner may read it.
/// </summary>
[SuppressMessage("Interoperability", "CA1416", Justification = "The program runs on Linux.")]
internal static class CookieFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes one, which its owner alone may read.</summary>
    /// <exception cref="InputException">It is there already, or cannot be written.</exception>
    public static void Create(string path)
    {
        using var certificate = RunCertificate.Create();
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
            using var text = new StreamWriter(file);
            text.Write(certificate.ToPem());
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new InputException($"{path} is there already, and machines may use it. Choose another name, or remove it first and copy the new one to every machine.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The cookie file {path} cannot be written: {e.Message}", ExitCode.Environment);
        }
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="InputException">It is not there, others may read it, or it is something else.</exception>
    public static RunCertificate Read(string path)
    {
        try
        {
            return (File.GetUnixFileMode(path) & Others) != 0
                ? throw new InputException($"Others than its owner may use the cookie file {path}, so it keeps no secret. Run 'chmod 600 {path}'; if others may have read it, make a new one with 'mhdnet cookie --out FILE'.")
                : RunCertificate.Of(File.ReadAllText(path));
        }
        catch (FileNotFoundException)
        {
            throw new InputException($"There is no cookie file {path}. Make one on the host with 'mhdnet cookie --out FILE', and copy it to every machine.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The cookie file {path} cannot be read: {e.Message} Its owner must run this program.");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InputException($"{path} is no cookie file: {e.Message} Make one with 'mhdnet cookie --out FILE'.");
        }
    }
}
