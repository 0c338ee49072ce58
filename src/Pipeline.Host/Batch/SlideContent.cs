using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MhdNet.Host.Batch;

/// <summary>Tells slides apart by what is in them, so that a slide that was moved or renamed is known again, and one that was replaced is not.</summary>
internal static class SlideContent
{
    private const int PieceBytes = 1 << 16;
    private const int Pieces = 18;

    /// <summary>
    /// A fingerprint: SHA-256 of the size and of 18 pieces of 64 KB, the first and the last among them, so that ten thousand slides take seconds per hundred and not hours. MIRAX
    /// slides also have the names and sizes in their folder.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        var length = RandomAccess.GetLength(file);
        var size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, length);
        hash.AppendData(size);
        var piece = new byte[PieceBytes];
        var last = Math.Max(0, length - PieceBytes);
        foreach (var offset in Enumerable.Range(0, Pieces).Select(i => last * i / (Pieces - 1)).Distinct())
        {
            hash.AppendData(piece, 0, RandomAccess.Read(file, piece, offset));
        }

        foreach (var companion in Companions(path))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{companion.Name} {companion.Length}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static IEnumerable<FileInfo> Companions(string path)
    {
        var folder = new DirectoryInfo(Path.ChangeExtension(path, null));
        return path.EndsWith(".mrxs", StringComparison.OrdinalIgnoreCase) && folder.Exists ? folder.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal) : [];
    }
}
