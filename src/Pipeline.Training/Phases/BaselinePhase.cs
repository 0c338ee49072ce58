using MhdNet.Training.Losses;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>
/// Trains a ResNet of the student's size on CT alone, with the same first weights and as many epochs as the student: what memory and teacher add is the
/// student's lead over it. Files: <c>baseline</c> and <c>baseline-optimizer</c>.safetensors.
/// </summary>
public sealed class BaselinePhase : TrainingPhase
{
    private readonly ResNet3d _network;

    /// <summary>A fresh network, seeded by the options.</summary>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public BaselinePhase(MhdOptions options, Device device)
        : this(options, device, Seeded.Make(options, () => Make(options, device)))
    {
    }

    private BaselinePhase(MhdOptions options, Device device, ResNet3d network)
        : base("baseline", options.StudentEpochs, options, device, network, null)
    {
        _network = network;
    }

    private protected override TrainingPhase Twin() => new BaselinePhase(Options, CPU);

    private protected override StepLosses Losses(Batch batch, BatchTensors tensors)
    {
        var crossEntropy = WeightedCrossEntropy.Of(_network.Forward(tensors.Ct).Logits, batch.Labels, Options);
        return new StepLosses(crossEntropy, ("ce", crossEntropy));
    }

    private protected override Tensor Logits(Batch batch, BatchTensors tensors) => _network.Forward(tensors.Ct).Logits;

    private static ResNet3d Make(MhdOptions options, Device device)
    {
        OptionsRules.RequireWithTypes(options);
        return new ResNet3d(1, options.Width, options.StudentBlocks, options.Types.Count + 1, device);
    }
}
