using MhdNet.Ingest.Items;
using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>What the trainer shall do next.</summary>
public abstract record TrainerEffect
{
    private TrainerEffect()
    {
    }

    /// <summary>Make the network of a phase and load its last checkpoint.</summary>
    public sealed record Open(string Phase) : TrainerEffect;

    /// <summary>Stream the batches of a pass.</summary>
    /// <param name="Pass">What for.</param>
    /// <param name="Epoch">From 0.</param>
    /// <param name="Skip">Batches that are through already.</param>
    public sealed record Stream(Pass Pass, int Epoch, int Skip) : TrainerEffect;

    /// <summary>Find out why the loss of the last step that was not applied was not finite.</summary>
    public sealed record Explain : TrainerEffect;

    /// <summary>Set the optimiser's step size.</summary>
    public sealed record SetLearningRate(double Rate) : TrainerEffect;

    /// <summary>Keep the network within an epoch, with the position in it.</summary>
    public sealed record KeepPosition(PhaseProgress Progress) : TrainerEffect;

    /// <summary>Keep the network with the progress that includes the epoch just finished.</summary>
    public sealed record Keep(PhaseProgress Progress) : TrainerEffect;

    /// <summary>Load the best network, to be measured.</summary>
    public sealed record LoadBest : TrainerEffect;

    /// <summary>Write what the phase says about the test patients.</summary>
    public sealed record KeepEvaluation(PhaseEvaluation Evaluation) : TrainerEffect;

    /// <summary>Write what the student says about the patients without a label.</summary>
    public sealed record KeepPredictions(IReadOnlyList<Metrics.SequencePrediction> Predictions) : TrainerEffect;

    /// <summary>Dispose the phase's network.</summary>
    public sealed record Close : TrainerEffect;

    /// <summary>Write the result and draw the figures.</summary>
    public sealed record WriteResult : TrainerEffect;

    /// <summary>End the run.</summary>
    public sealed record End(RunEnd How, Reason? Reason) : TrainerEffect;
}
