using Akka.Configuration;
using MhdNet.Training.Arithmetic;

namespace MhdNet.Training.Trainer;

/// <summary>Settings of the trainer: section <c>mhdnet.training</c>, documented in <c>training.hocon</c>.</summary>
/// <param name="Prefetch">Batches read ahead, at least 2.</param>
/// <param name="Readers">Samples read at the same time.</param>
/// <param name="MinimumPatients">Training patients with CT, and with slides, that each type needs before training starts.</param>
/// <param name="BootstrapDraws">Resamples behind the intervals.</param>
/// <param name="MaxRestarts">Restarts without a finished epoch after which a run fails.</param>
/// <param name="MinBackoff">Pause before the first restart; doubled each time.</param>
/// <param name="MaxBackoff">Longest pause.</param>
/// <param name="Figures">Whether figures are drawn at the end.</param>
public sealed record TrainingSettings(int Prefetch, int Readers, int MinimumPatients, int BootstrapDraws, int MaxRestarts, TimeSpan MinBackoff, TimeSpan MaxBackoff, bool Figures)
{
    /// <summary>Steps between two checkpoints within an epoch; 0: not by steps.</summary>
    public int CheckpointSteps { get; init; }

    /// <summary>Time between two checkpoints within an epoch; 0: not by time.</summary>
    public TimeSpan CheckpointInterval { get; init; }

    /// <summary>Whether the channels of convolutions are filled up with zeros.</summary>
    public PaddingChoice ChannelPadding { get; init; }

    /// <summary>The dispatcher that gives the trainer a thread of its own.</summary>
    public const string Dispatcher = "mhdnet.trainer-dispatcher";

    /// <summary>The defaults, as configuration: the fallback of whatever the host reads.</summary>
    public static Config Reference { get; } = ConfigurationFactory.FromResource<TrainingSettings>("MhdNet.Training.Trainer.training.hocon");

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationException">A value is out of range; names the setting and the range.</exception>
    public static TrainingSettings From(Config config)
    {
        var section = config.WithFallback(Reference).GetConfig("mhdnet.training");
        return new TrainingSettings(
            AtLeast(2, "prefetch"), AtLeast(1, "readers"), AtLeast(1, "minimum-patients"), AtLeast(0, "bootstrap-draws"), AtLeast(0, "max-restarts"),
            section.GetTimeSpan("min-backoff"), section.GetTimeSpan("max-backoff"), section.GetBoolean("figures"))
        {
            CheckpointSteps = AtLeast(0, "checkpoint-steps"),
            CheckpointInterval = section.GetTimeSpan("checkpoint-interval"),
            ChannelPadding = section.GetString("channel-padding") is var word && Enum.GetNames<PaddingChoice>().Contains(word, StringComparer.OrdinalIgnoreCase)
                ? Enum.Parse<PaddingChoice>(word, ignoreCase: true)
                : throw new ConfigurationException($"mhdnet.training.channel-padding is {word}; it must be auto, always or never."),
        };

        int AtLeast(int least, string name) => section.GetInt(name) is var value && value >= least
            ? value
            : throw new ConfigurationException($"mhdnet.training.{name} is {value}; it must be at least {least}.");
    }

    /// <summary>Whether it is time for a checkpoint within an epoch.</summary>
    /// <param name="steps">Since the last one.</param>
    /// <param name="elapsed">Since the last one.</param>
    public bool KeepIsDue(int steps, TimeSpan elapsed) =>
        (CheckpointSteps > 0 && steps >= CheckpointSteps) || (CheckpointInterval > TimeSpan.Zero && elapsed >= CheckpointInterval);

    /// <summary>The pause before a restart: doubled each time, up to the longest.</summary>
    /// <param name="times">1 for the first.</param>
    public TimeSpan Backoff(int times) => TimeSpan.FromTicks((long)Math.Min(MaxBackoff.Ticks, MinBackoff.Ticks * Math.Pow(2, times - 1)));
}
