namespace MhdNet.Ingest.Drop;

/// <summary>What is said of names that are not UTF-8: once a folder, since a whole delivery may be named so. Pure.</summary>
internal static class MisnamedFiles
{
    /// <param name="names">Relative paths, with U+FFFD in place of what is not UTF-8.</param>
    /// <param name="folder">The drop folder.</param>
    public static IEnumerable<DropFolderProblem> Problems(IEnumerable<string> names, string folder) => names
        .GroupBy(name => Path.GetDirectoryName(name) ?? "", StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new DropFolderProblem(Path.Combine(folder, group.Key), Sentence([.. group.Order(StringComparer.Ordinal)], folder)));

    private static string Sentence(string[] names, string folder) =>
        $"{names[0]}{(names.Length == 1 ? " has a name that is" : $" and {names.Length - 1} more in the same folder have names that are")} not UTF-8, and cannot be read. " +
        $"Rename what is named so: 'convmv -r -f latin1 -t utf8 --notest {folder}'; 'find {folder} | LC_ALL=C.UTF-8 grep -axv \".*\"' lists it.";
}
