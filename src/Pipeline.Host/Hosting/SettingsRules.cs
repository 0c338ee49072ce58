using Akka.Configuration;
using Akka.Configuration.Hocon;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Runs;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Hosting;

/// <summary>What a file of settings must satisfy before anything begins.</summary>
internal static class SettingsRules
{
    private const string Own = "mhdnet";

    /// <summary>Names under <c>mhdnet</c> that the program does not know: misspelt ones would be passed over in silence.</summary>
    /// <param name="given">A file's settings.</param>
    /// <param name="known">All settings with their defaults.</param>
    public static IReadOnlyList<string> Unknown(Config given, Config known) =>
        [.. Paths(given).Where(path => !known.HasPath(path))];

    /// <summary>Reads every section once, so that a value that cannot be used is told before a folder is touched.</summary>
    /// <returns>The settings.</returns>
    /// <exception cref="ConfigurationException">A value is not of its kind.</exception>
    /// <exception cref="FormatException">A value is not of its kind.</exception>
    /// <exception cref="ArgumentException">A value is out of its bounds.</exception>
    public static Config Checked(Config config)
    {
        var own = config.GetConfig(Own);
        DropSettings.From(own.GetConfig("drop"));
        LedgerSettings.From(own.GetConfig("ledger"));
        DispatchSettings.From(own.GetConfig("dispatch"));
        CtSettings.From(config);
        SlideSettings.From(own.GetConfig("slides"));
        TrainingSettings.From(config);
        RunDirectorSettings.From(own.GetConfig("runs"));
        return config;
    }

    private static IEnumerable<string> Paths(Config given) => given.HasPath(Own) ? Paths(Own, given.GetValue(Own)) : [];

    private static IEnumerable<string> Paths(string path, HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Paths($"{path}.{item.Key}", item.Value))
        : [path];
}
