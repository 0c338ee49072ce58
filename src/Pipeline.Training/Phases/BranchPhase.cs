using MhdNet.Training.Losses;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>
/// Trains one branch of the teacher by itself: <c>radiology</c> on CT, or <c>pathology</c> on slides, for as many epochs as the teacher. What fusion adds is the
/// teacher's lead over both. Files: the branch's name and <c>-optimizer</c>.safetensors.
/// </summary>
public sealed class BranchPhase : TrainingPhase
{
    private readonly ResNet3d _branch;
    private readonly bool _seesSlides;

    /// <summary>A fresh branch, seeded by the options.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="name"><c>radiology</c> or <c>pathology</c>.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public BranchPhase(MhdOptions options, string name, Device device)
        : this(options, name, device, Seeded.Make(options, () => Make(options, name, device)))
    {
    }

    private BranchPhase(MhdOptions options, string name, Device device, ResNet3d branch)
        : base(name, options.TeacherEpochs, options, device, branch, null)
    {
        (_branch, _seesSlides) = (branch, name == "pathology");
    }

    private protected override TrainingPhase Twin() => new BranchPhase(Options, Name, CPU);

    private protected override StepLosses Losses(Batch batch, BatchTensors tensors)
    {
        var crossEntropy = WeightedCrossEntropy.Of(Logits(batch, tensors), batch.Labels, Options);
        return new StepLosses(crossEntropy, ("ce", crossEntropy));
    }

    private protected override Tensor Logits(Batch batch, BatchTensors tensors) => _branch.Forward(Input(batch, tensors)).Logits;

    private static ResNet3d Make(MhdOptions options, string name, Device device)
    {
        OptionsRules.RequireWithTypes(options);
        return new ResNet3d(name == "pathology" ? 3 : 1, options.Width, options.TeacherBlocks, options.Types.Count + 1, device);
    }

    private Tensor Input(Batch batch, BatchTensors tensors)
    {
        if (!_seesSlides)
        {
            return tensors.Ct;
        }

        return tensors.Wsi is { } wsi && wsi.shape[0] == batch.Count
            ? wsi
            : throw new InvalidDataException($"batch {batch.Index} of epoch {batch.Epoch}: a sample has no slide that can be read, and the pathology branch sees nothing else. Sequences: {string.Join(", ", batch.Names)}.");
    }
}
