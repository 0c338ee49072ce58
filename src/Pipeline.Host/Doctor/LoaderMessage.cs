using System.Text.RegularExpressions;

namespace MhdNet.Host.Doctor;

/// <summary>
/// What .NET says about a library that cannot be loaded: a line for each place that it was looked for at, with what dlopen said there.
/// The line that matters is any of them. It may name another library, one that the library links to.
/// </summary>
/// <param name="Dependency">The library that the one asked for links to and that is not found; null where it is another matter.</param>
/// <param name="Refused">What is wrong with a file that is there (cut short, of another system, ...); null where none is there.</param>
internal sealed partial record LoaderMessage(string? Dependency, string? Refused)
{
    private const string NoFile = "cannot open shared object file: No such file or directory";

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message of a <see cref="DllNotFoundException"/>.</param>
    public static LoaderMessage Of(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Asked().Match(lines.FirstOrDefault("")) is not { Success: true } match)
        {
            return new LoaderMessage(null, null); // the words of a binding
        }

        var asked = match.Groups[1].Value;
        string[] attempts = [asked, $"{asked}.so", $"lib{asked}", $"lib{asked}.so"];
        string? dependency = null, refused = null;
        foreach (var line in lines.Skip(1))
        {
            // A name without a folder was looked for everywhere and not found. The words behind it are in the system's language.
            var name = Bare().Match(line).Groups[1].Value;
            if (name.Length > 0 && !attempts.Contains(name, StringComparer.Ordinal))
            {
                dependency ??= name;
            }
            else if (name.Length == 0 && !line.Contains(NoFile, StringComparison.Ordinal))
            {
                refused ??= line;
            }
        }

        return new LoaderMessage(dependency, refused);
    }

    [GeneratedRegex("^Unable to load shared library '(.+?)' or one of its dependencies")]
    private static partial Regex Asked();

    [GeneratedRegex("^([^/\\s:]+): ")]
    private static partial Regex Bare();
}
