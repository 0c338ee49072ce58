namespace MhdNet.Host.Doctor;

/// <summary>Which Debian package brings which library: <c>build/debian-packages.txt</c>, from which the build installs, too.</summary>
internal static class DebianPackages
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<Row> All { get; } = [.. Read()];

    /// <summary>What to do about libraries that are not found. Where the table does not know one, no package is named.</summary>
    /// <param name="libraries">Their names, as the loader tells them.</param>
    public static string Fix(IReadOnlyCollection<string> libraries)
    {
        var known = libraries.Select(Of).OfType<Row>().DistinctBy(row => row.Packages[0]).ToList();
        var unknown = libraries.Where(library => Of(library) is null).ToList();
        var steps = new List<string>();
        if (known.Count > 0)
        {
            var others = string.Join(
                ", ", known.Where(row => row.Packages.Count > 1).Select(row => $"{row.Packages[0]} is {row.Packages[1]} on some systems"));
            var packages = string.Join(' ', known.Select(row => row.Packages[0]));
            steps.Add($"apt-get install {packages}{(others.Length == 0 ? "" : $" ({others})")}");
        }

        steps.AddRange(unknown.Select(library => $"'apt-file search {library}' finds the package that brings {library}; install that"));
        return string.Join("; ", steps);
    }

    private static Row? Of(string library) => All.FirstOrDefault(row => row.Libraries.Contains(library, StringComparer.Ordinal));

    private static IEnumerable<Row> Read()
    {
        using var stream = typeof(DebianPackages).Assembly.GetManifestResourceStream("debian-packages.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [not ['#', ..], _] words && words[0] != "#")
            {
                yield return new Row(words[0].Split('|'), words[1].Split('|'));
            }
        }
    }

    /// <summary>A library and its package.</summary>
    /// <param name="Libraries">Its name on different systems.</param>
    /// <param name="Packages">The package's name on different systems, Debian 12's first.</param>
    public sealed record Row(IReadOnlyList<string> Libraries, IReadOnlyList<string> Packages);
}
