using Akka.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Hosting;

/// <summary>Reads what lies in <c>config/</c> beside the program, and what the command line puts before it.</summary>
internal static class Settings
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "config");

    /// <summary>config/akka.hocon, with the given file before it.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static Config Load(FileInfo? first)
    {
        var own = ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(Folder, "akka.hocon")));
        if (first is null)
        {
            return own;
        }

        try
        {
            var given = ConfigurationFactory.ParseString(File.ReadAllText(first.FullName));
            return SettingsRules.Unknown(given, own.WithFallback(TrainingSettings.Reference)) is { Count: > 0 } unknown
                ? throw new InputException($"{first.FullName} sets what is no setting: {string.Join(", ", unknown)}. config/akka.hocon shows all of them.")
                : SettingsRules.Checked(given.WithFallback(own));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ConfigurationException or ArgumentException)
        {
            throw new InputException($"{first.FullName} is not usable as settings: {e.Message.TrimEnd('.')}. config/akka.hocon shows the form.");
        }
    }

    /// <summary>A preset by name or path, with fields overridden.</summary>
    /// <returns>Its name and its fields.</returns>
    /// <exception cref="InputException">There is no such preset, a field is unknown, or the fields contradict each other.</exception>
    public static (string Name, MhdOptions Options) Preset(string nameOrPath, string[] overrides)
    {
        var named = Path.Combine(Folder, nameOrPath + ".json");
        var path = File.Exists(named) ? named : nameOrPath;
        if (!File.Exists(path))
        {
            var known = Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
            throw new InputException($"There is no preset '{nameOrPath}'. Known: {string.Join(", ", known)}; or give the path of a JSON file.");
        }

        try
        {
            var options = OptionsFile.Read(path, overrides);
            string[] problems = [.. OptionsRules.Check(options), .. OptionsUse.Check(options, overrides)];
            return problems.Length > 0 ? throw new InputException(string.Join(Environment.NewLine, problems)) : (Path.GetFileNameWithoutExtension(path), options);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or FormatException)
        {
            throw new InputException(e.Message);
        }
    }
}
