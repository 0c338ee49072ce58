using MhdNet.Training.Arithmetic;
using MhdNet.Training.Metrics;
using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>What happens to the trainer.</summary>
public abstract record TrainerInput
{
    private TrainerInput()
    {
    }

    /// <summary>The run begins, or goes on after a restart.</summary>
    /// <param name="Finished">Phases that are trained and measured.</param>
    public sealed record Begun(int Finished) : TrainerInput;

    /// <summary>The phase's network is there, in the state of its last checkpoint.</summary>
    /// <param name="Epochs">How many epochs it shall have.</param>
    /// <param name="Progress">How many it has.</param>
    public sealed record Opened(int Epochs, PhaseProgress Progress) : TrainerInput;

    /// <summary>An optimiser step was taken, or not applied because its loss was not finite.</summary>
    public sealed record Stepped(IReadOnlyDictionary<string, double> Losses, IReadOnlyList<string> Sequences) : TrainerInput;

    /// <summary>It was found out why a step was not applied.</summary>
    /// <param name="Explanation">Null where that batch is not at hand any more: it was trained on before a restart.</param>
    public sealed record Explained(NonFiniteExplanation? Explanation) : TrainerInput;

    /// <summary>A batch was looked at.</summary>
    public sealed record Predicted(IReadOnlyList<SequencePrediction> Predictions) : TrainerInput;

    /// <summary>The network gave no numbers for these sequences.</summary>
    public sealed record NotFinite(IReadOnlyList<string> Sequences, SelfTestResult SelfTest) : TrainerInput;

    /// <summary>Files of the batch could not be read.</summary>
    public sealed record Unreadable(IReadOnlyList<string> Paths) : TrainerInput;

    /// <summary>A batch is through, whatever became of it.</summary>
    /// <param name="Batches">Batches of the pass that are through, also before a restart.</param>
    /// <param name="Seconds">Since the stream began.</param>
    /// <param name="KeepDue">Whether it is time for a checkpoint.</param>
    public sealed record BatchDone(int Batches, double Seconds, bool KeepDue) : TrainerInput;

    /// <summary>The last batch of the stream is through.</summary>
    /// <param name="Seconds">Since the stream began.</param>
    /// <param name="At">The time (UTC).</param>
    public sealed record PassEnded(double Seconds, DateTimeOffset At) : TrainerInput;

    /// <summary>Somebody asks for an end.</summary>
    public sealed record StopAsked : TrainerInput;
}
