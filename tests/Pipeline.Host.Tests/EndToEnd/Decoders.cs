namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>The native libraries that read scans: only workers may have them.</summary>
internal static class Decoders
{
    private static readonly string[] Libraries = ["charls", "openjp2", "openslide", "libtiff", "turbojpeg"];

    /// <summary>Whether a process has mapped a file of a library; one that has just ended has none.</summary>
    public static bool AreIn(int process, string library)
    {
        try
        {
            return MappedBy(process).Contains(library, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The files of these libraries that a process has mapped, or nothing.</summary>
    public static string MappedBy(int process) => string.Join(' ', File.ReadLines($"/proc/{process}/maps")
        .Select(line => Path.GetFileName(line)).Where(name => Array.Exists(Libraries, library => name.Contains(library, StringComparison.OrdinalIgnoreCase))).Distinct());
}
