using System.Text.RegularExpressions;

namespace MhdNet.Ingest.Drop;

/// <summary>
/// Sentences without patients' real names. In a path (a word with <c>/</c>) an id goes wherever it stands, as in the ledger's paths; names of folders and files that repeat it, and the id itself, go where they
/// stand as words. A short number goes in paths alone: elsewhere it is a count of something, and no id.
/// </summary>
internal sealed class HiddenNames
{
    private const int ShortestNumber = 6;
    private const string Pseudonym = "p[0-9a-f]{16}(?:_[0-9a-f]{8})?";
    private readonly Dictionary<string, string> _shownByReal;
    private readonly Regex _names;

    private HiddenNames(string folder, Dictionary<string, string> shownByReal, IEnumerable<string> ids)
    {
        _shownByReal = shownByReal;
        var real = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
        string[] names = [.. shownByReal.Keys.OrderByDescending(name => name.Length)];

        // In one pass: what is left alone (the way to the drop folder, what is hidden already) must not be looked into, nor a pseudonym that was just put there.
        string[] patterns =
        [
            $"(?:{Regex.Escape(folder)}|{Regex.Escape(real)})(?=/)",
            .. names.Where(name => !IsShortNumber(name)).Select(name => $@"(?<![\p{{L}}\p{{Nd}}]){Regex.Escape(name)}(?![\p{{L}}\p{{Nd}}])"),
            Pseudonym,
            .. ids.OrderByDescending(id => id.Length).Select(id => $@"{Regex.Escape(id)}(?=\S*/)|(?<=/\S*){Regex.Escape(id)}"),
        ];
        _names = new Regex(string.Join('|', patterns), RegexOptions.CultureInvariant);
    }

    /// <summary>The names on the way to some files or folders.</summary>
    /// <param name="folder">The drop folder's absolute path.</param>
    /// <param name="paths">Relative paths: as they are, and as the ledger has them.</param>
    public static HiddenNames Of(string folder, IEnumerable<(string Real, string Shown)> paths)
    {
        var (shownByReal, ids) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (real, shown) in paths)
        {
            var (from, to) = (real.Split('/'), shown.Split('/'));
            ids.Add(from[0]);
            foreach (var (name, hidden) in from.Zip(to).Where(pair => pair.First != pair.Second))
            {
                shownByReal[name] = hidden;
            }

            if (from.Length == 1 && Path.GetFileNameWithoutExtension(real) is var stem && stem != real)
            {
                // The folder of a slide of several files bears its name.
                ids.Add(stem);
                shownByReal.TryAdd(stem, Path.GetFileNameWithoutExtension(shown));
                shownByReal.TryAdd(Patients.OfName(real), Patients.OfName(shown));
            }
        }

        return new HiddenNames(folder, shownByReal, ids.Where(shownByReal.ContainsKey));
    }

    /// <summary>A sentence with pseudonyms in place of names.</summary>
    public string In(string sentence) => _names.Replace(sentence, match => _shownByReal.GetValueOrDefault(match.Value, match.Value));

    private static bool IsShortNumber(string name) => name.Length < ShortestNumber && name.All(char.IsAsciiDigit);
}
