using MhdNet.Training.Options;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>
/// The multi-modal teacher: a radiology and a pathology ResNet, and a fusion branch fed by SHFM in stages 1 to 3. The pathology and fusion branches run
/// only on the samples that have pathology.
/// </summary>
public sealed class Teacher : Module
{
    private readonly Module<Tensor, Tensor, Tensor>[] _fusions;

    /// <summary>A teacher with fresh weights, drawn from torch's generator.</summary>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public Teacher(MhdOptions options, Device device)
        : base(nameof(Teacher))
    {
        OptionsRules.RequireWithTypes(options);
        var classes = options.Types.Count + 1;
        register_module("radiology", Radiology = new ResNet3d(1, options.Width, options.TeacherBlocks, classes, device));
        register_module("pathology", Pathology = new ResNet3d(3, options.Width, options.TeacherBlocks, classes, device));
        register_module("fusion", Fusion = new FusionBranch(options.Width, options.TeacherBlocks, classes, device));
        _fusions = StageFusions.Make(options, device);
        for (var stage = 1; stage <= 3; stage++)
        {
            register_module(StageFusions.NameOf(options, stage), _fusions[stage - 1]);
        }
    }

    /// <summary>The branch that sees CT; it alone of the teacher is needed at inference.</summary>
    public ResNet3d Radiology { get; }

    /// <summary>The branch that sees slides.</summary>
    public ResNet3d Pathology { get; }

    /// <summary>The branch that sees both.</summary>
    public FusionBranch Fusion { get; }

    /// <summary>Runs all branches.</summary>
    /// <param name="ct">[N,1,T,H,W].</param>
    /// <param name="wsi">[P,3,T,H,W] of the samples with pathology, in batch order; null when there are none.</param>
    /// <param name="hasPathology">[N], P of them true.</param>
    public TeacherOutput Forward(Tensor ct, Tensor? wsi, IReadOnlyList<bool> hasPathology)
    {
        var radiology = Radiology.Forward(ct);
        if (wsi is null)
        {
            return new TeacherOutput(radiology, null, null);
        }

        var pathology = Pathology.Forward(wsi);
        var paired = PairedSamples.Select(radiology.Stages, hasPathology);
        var fusion = Fusion.Forward(stage => _fusions[stage - 1].call(paired[stage - 1], pathology.Stages[stage - 1]));
        return new TeacherOutput(radiology, pathology, fusion);
    }

    /// <summary>Nothing is left to register: the constructor gives each part PyTorch's name, not its field's.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Radiology.Dispose();
            Pathology.Dispose();
            Fusion.Dispose();
            Array.ForEach(_fusions, module => module.Dispose());
        }

        base.Dispose(disposing);
    }
}
