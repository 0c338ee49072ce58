using System.Text.RegularExpressions;

namespace MhdNet.Host.Forgetting;

/// <summary>Where a work folder still names a patient after ledger and store have forgotten: runs that were trained with the patient, logs, tables of earlier calls.</summary>
internal static class Mentions
{
    private static readonly string[] Texts = [".json", ".csv", ".html", ".log", ".md", ".txt"];

    /// <summary>Searches the texts of a work folder.</summary>
    /// <param name="workFolder">The work folder.</param>
    /// <param name="patient">The patient's id.</param>
    /// <returns>A run's folder (<c>runs/…</c>) or a file, relative to the work folder, each once.</returns>
    public static IReadOnlyList<string> Of(string workFolder, string patient)
    {
        var name = new Regex($"(?<![A-Za-z0-9]){Regex.Escape(patient)}(?![A-Za-z0-9])", RegexOptions.CultureInvariant);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(workFolder).EnumerateDirectories().Where(folder => folder.Name is not ("sequences" or "staging" or "requests"))
            .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories)).Concat(new DirectoryInfo(workFolder).EnumerateFiles())
            .Where(file => file.LinkTarget is null) // labels.csv leads out of the work folder
            .Where(file => Texts.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)))
        {
            var place = Place(Path.GetRelativePath(workFolder, file.FullName));
            if (!found.Contains(place) && (name.IsMatch(file.Name) || Lines(file.FullName).Any(name.IsMatch)))
            {
                found.Add(place);
            }
        }

        return [.. found];
    }

    // The host may be writing its log.
    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static string Place(string path) => path.Split('/') is ["runs", var run, _, ..] ? $"runs/{run}" : path;
}
