using System.Reflection;
using System.Runtime.InteropServices;

namespace MhdNet.Host.Doctor;

/// <summary>Finds out which library is not found when one cannot be loaded: often it is none of ours, but one that ours links to.</summary>
internal static class MissingLibrary
{
    /// <summary>Explains a library that cannot be used.</summary>
    /// <param name="cause">How its use failed.</param>
    /// <param name="otherwise">What to do where no library is missing.</param>
    /// <param name="wanted">The library files: ours by path, the system's by name, or its names on several systems, parted by '|'.</param>
    public static (string Observed, string Fix) Explain(Exception cause, string otherwise, params ReadOnlySpan<string> wanted)
    {
        List<string> missing = [], refused = [];
        foreach (var library in wanted)
        {
            Examine(library.Split('|'), missing, refused);
        }

        if (missing.Count == 0 && refused.Count == 0)
        {
            Take(LoaderMessage.Of(Text(cause)), missing, refused);
        }

        return (missing, refused) switch
        {
            ([_, ..], _) => ($"{string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} not found", Fix(missing)),
            (_, [var first, ..]) => (first, otherwise),
            _ => (Text(cause).Split('\n')[0].Trim(), otherwise),
        };
    }

    /// <summary>Refuses a library that links to one that is not found. For a binding that does more than throw when it tries.</summary>
    /// <param name="path">The library.</param>
    /// <exception cref="DllNotFoundException">One is not found.</exception>
    public static void RequireNeeded(string path)
    {
        if (!File.Exists(path) || NeededLibraries.NotFound(path).Count > 0)
        {
            throw new DllNotFoundException($"{path} cannot be loaded");
        }
    }

    private static void Examine(string[] names, List<string> missing, List<string> refused)
    {
        if (names is [['/', ..] path] && !File.Exists(path))
        {
            missing.Add(Path.GetFileName(path));
            return;
        }

        var messages = names.Select(LoaderSays).ToList();
        if (messages.Contains(null))
        {
            return; // it loads
        }

        foreach (var (name, message) in names.Zip(messages))
        {
            var (missingBefore, refusedBefore) = (missing.Count, refused.Count);
            missing.AddRange(name.StartsWith('/') ? NeededLibraries.NotFound(name) : []);
            Take(LoaderMessage.Of(message!), missing, refused);
            if (missing.Count > missingBefore || refused.Count > refusedBefore)
            {
                return;
            }
        }

        missing.Add(Path.GetFileName(names[0]));
    }

    private static void Take(LoaderMessage message, List<string> missing, List<string> refused)
    {
        if (message.Dependency is { } dependency && !missing.Contains(dependency))
        {
            missing.Add(dependency);
        }

        if (message.Refused is { } reason)
        {
            refused.Add(reason);
        }
    }

    private static string? LoaderSays(string library)
    {
        try
        {
            NativeLibrary.Load(library);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return e.Message;
        }
    }

    private static string Fix(List<string> missing)
    {
        var ours = missing.Where(ComesWithTheProgram).ToList();
        string[] steps =
        [
            .. ours.Select(library => $"build again with 'make build': {library} comes with the program"),
            .. ours.Count == missing.Count ? [] : new[] { DebianPackages.Fix([.. missing.Except(ours)]) },
        ];
        return string.Join("; ", steps);
    }

    /// <summary>Whether the build put the library beside the program, as its list of files says.</summary>
    private static bool ComesWithTheProgram(string library) =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*.deps.json")
            .Any(list => File.ReadAllText(list).Contains($"/native/{library}\"", StringComparison.Ordinal));

    /// <summary>The message of what happened, without the wrappers that only say that something did.</summary>
    private static string Text(Exception cause) => cause switch
    {
        TypeInitializationException or TargetInvocationException when cause.InnerException is { } inner => Text(inner),
        _ => cause.Message,
    };
}
