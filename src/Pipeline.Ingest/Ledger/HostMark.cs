using System.Security.Cryptography;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// A file <c>.mark</c> in the work folder with a random word that each host leaves anew when it opens the folder. By it a host knows that another has taken over, and writes no more; a worker the
/// same; and another machine, that what is mounted there is this host's folder and no other.
/// </summary>
/// <remarks>A plain file, because it is the one thing that a share of the network shows the same to all: it is opened at each look, and what is opened is not answered from an old copy.</remarks>
public sealed class HostMark
{
    private readonly string _path;

    private HostMark(string path, string? word) => (_path, Word) = (path, word);

    /// <summary>What stood there; null where there was no mark.</summary>
    public string? Word { get; }

    /// <summary>Whether it still stands there.</summary>
    /// <exception cref="IOException">Nothing can be read there: the share or the disk is away, and nobody has taken over.</exception>
    public bool IsCurrent()
    {
        var word = Read(_path);
        return word == Word || (word is not null ? false : throw new FileNotFoundException($"{_path} is not there (is the work folder's share or disk mounted?).", _path));
    }

    /// <summary>To be asked before something becomes visible that another host might make, too.</summary>
    /// <exception cref="SupersededException">Another stands there.</exception>
    /// <exception cref="IOException">As <see cref="IsCurrent"/>.</exception>
    public void RequireCurrent()
    {
        if (!IsCurrent())
        {
            throw new SupersededException();
        }
    }

    /// <summary>Whether a work folder has a mark that can be read: one that is away has none.</summary>
    public static bool IsIn(string workFolder)
    {
        try
        {
            return Read(PathOf(workFolder)) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Leaves a new mark: whoever knew the last one is superseded.</summary>
    internal static HostMark Leave(string workFolder)
    {
        var mark = new HostMark(PathOf(workFolder), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var next = mark._path + ".new";
        File.WriteAllText(next, mark.Word);
        File.Move(next, mark._path, overwrite: true);
        return mark;
    }

    /// <summary>The mark that stands in a work folder now.</summary>
    public static HostMark Of(string workFolder) => new(PathOf(workFolder), Read(PathOf(workFolder)));

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string PathOf(string workFolder) => Path.Combine(workFolder, ".mark");
}
