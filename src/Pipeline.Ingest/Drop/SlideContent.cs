using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MhdNet.Ingest.Drop;

/// <summary>Tells slides apart by what is in them, so that a slide that was moved, renamed or copied is known again, and one that was replaced is not.</summary>
public static class SlideContent
{
    private const int PieceBytes = 1 << 16;
    private const long WholeUpTo = 64L << 20;
    private const int Pieces = 18, CompanionPieces = 2;

    /// <summary>
    /// A fingerprint of 32 hexadecimal digits: SHA-256 of the size and of the whole where that is at most 64 MB, else of 18 pieces of 64 KB, the first and the last among them, so that ten thousand slides take seconds per hundred and not hours; of
    /// further files, of names, sizes, first and last pieces.
    /// </summary>
    /// <param name="path">The slide.</param>
    /// <param name="companions">The other files of the same slide.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read.</exception>
    public static string Of(string path, IEnumerable<string> companions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, path, Pieces);
        foreach (var (name, companion) in companions.Select(file => (Name: NameIn(path, file), file)).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            Append(hash, companion, CompanionPieces);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    /// <summary>A fingerprint of a slide with all that lies in the folder beside it, where it is of a format that has one (MIRAX).</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read.</exception>
    public static string Of(string path)
    {
        var folder = Path.ChangeExtension(path, null);
        return Of(path, path.EndsWith(".mrxs", StringComparison.OrdinalIgnoreCase) && Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : []);
    }

    private static void Append(IncrementalHash hash, string path, int pieces)
    {
        using var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        var length = RandomAccess.GetLength(file);
        var size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, length);
        hash.AppendData(size);
        var piece = new byte[PieceBytes];
        var last = Math.Max(0, length - PieceBytes);
        var offsets = length <= WholeUpTo && pieces == Pieces
            ? Enumerable.Range(0, (int)((length + PieceBytes - 1) / PieceBytes)).Select(i => (long)i * PieceBytes)
            : Enumerable.Range(0, pieces).Select(i => last * i / (pieces - 1)).Distinct();
        foreach (var offset in offsets)
        {
            hash.AppendData(piece, 0, RandomAccess.Read(file, piece, offset));
        }
    }

    /// <summary>Below the folder of the slide's own name the name does not change when slide and folder are renamed together.</summary>
    private static string NameIn(string slide, string companion)
    {
        var own = Path.ChangeExtension(slide, null);
        return Path.GetRelativePath(companion.StartsWith(own + "/", StringComparison.Ordinal) ? own : Path.GetDirectoryName(slide)!, companion);
    }
}
