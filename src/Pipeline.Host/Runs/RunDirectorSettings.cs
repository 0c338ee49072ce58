using Akka.Configuration;

namespace MhdNet.Host.Runs;

/// <summary>Section <c>mhdnet.runs</c> of config/akka.hocon.</summary>
/// <param name="Interval">How often the director asks what comes next.</param>
/// <param name="Patience">How long it waits for patients of the labels file of whom nothing has arrived, counted from the last change in the drop folder.</param>
public sealed record RunDirectorSettings(TimeSpan Interval, TimeSpan Patience)
{
    /// <summary>Reads the section.</summary>
    public static RunDirectorSettings From(Config config) => new(config.GetTimeSpan("interval"), config.GetTimeSpan("patience"));
}
