using System.Security.Cryptography;
using System.Text;

namespace MhdNet.Ingest.Drop;

/// <summary>Patient ids turned into names that only the owner of the salt can turn back, by trying: HMAC-SHA256 of the id, sixteen hexadecimal digits behind a <c>p</c>.</summary>
public sealed class Pseudonyms
{
    private const int ShortestSalt = 16;
    private readonly byte[] _salt;

    /// <param name="salt">At least 16 bytes.</param>
    /// <exception cref="ArgumentException">Fewer.</exception>
    public Pseudonyms(byte[] salt) => _salt = salt.Length >= ShortestSalt ? salt : throw new ArgumentException($"a salt needs at least {ShortestSalt} bytes");

    /// <summary>With which salt a work folder was filled; tells nothing of the salt.</summary>
    public string Mark => Hash("mark", "")[..16];

    /// <summary>Reads the salt: all bytes of a file but white space at its end.</summary>
    /// <exception cref="InvalidDataException">The file is missing or too short; the message says what to do.</exception>
    public static Pseudonyms Read(string file)
    {
        const string Advice = "Make one with 'head -c 32 /dev/urandom | base64 > FILE', keep it away from the work folder, and use the same one for ever.";
        try
        {
            var salt = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(File.ReadAllBytes(file)).TrimEnd());
            return salt.Length >= ShortestSalt ? new Pseudonyms(salt) : throw new InvalidDataException($"The salt in {file} has {salt.Length} bytes, where at least {ShortestSalt} are needed. {Advice}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The salt file {file} cannot be read: {e.Message} {Advice}", e);
        }
    }

    /// <summary>The pseudonym of a patient id; of the empty text, the empty text.</summary>
    public string Of(string patient) => patient.Length == 0 ? "" : "p" + Hash("patient", patient)[..16];

    /// <summary>The name under which an entry of the drop folder is known: a folder's is its patient's, a file's begins with it.</summary>
    public string OfEntry(string name, bool isFolder) => isFolder
        ? Of(name)
        : $"{Of(Patients.OfName(name))}_{Hash("file", name)[..8]}{Path.GetExtension(name)}";

    private string Hash(string what, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes($"{what}\n{text}")));
}
