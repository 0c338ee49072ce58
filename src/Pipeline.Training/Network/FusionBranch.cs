using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>The teacher's third branch: stages 2 to 4 and a head, fed by SHFM. It has no stem and no stage 1.</summary>
public sealed class FusionBranch : Module
{
    private readonly Sequential[] _layers;
    private readonly Linear _fc;

    /// <summary>A branch with fresh weights, drawn from torch's generator.</summary>
    public FusionBranch(int width, IReadOnlyList<int> blocks, int classes, Device device)
        : base(nameof(FusionBranch))
    {
        _layers = [.. Enumerable.Range(2, 3).Select(stage => ResidualStages.Make(stage, width, blocks[stage - 1], device))];
        for (var stage = 2; stage <= 4; stage++)
        {
            register_module($"layer{stage}", _layers[stage - 2]);
        }

        register_module("fc", _fc = Linear(8 * width, classes, device: device));
        ResNetInitialisation.Apply(this);
    }

    /// <summary>F1 = SHFM1(R1,P1); F2 = SHFM2(R2,P2) + layer2(F1); F3 = SHFM3(R3,P3) + layer3(F2); logits from layer4(F3).</summary>
    /// <param name="fuse">SHFM of stages 1 to 3 applied to both branches: stage (from 1) → f_F.</param>
    public BranchFeatures Forward(Func<int, Tensor> fuse)
    {
        ArgumentNullException.ThrowIfNull(fuse);
        var stage1 = fuse(1);
        var stage2 = fuse(2) + _layers[0].call(stage1);
        var stage3 = fuse(3) + _layers[1].call(stage2);
        var top = _layers[2].call(stage3);
        return new BranchFeatures([stage1, stage2, stage3], _fc.call(top.mean([2, 3, 4])));
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
            _fc.Dispose();
            Array.ForEach(_layers, layer => layer.Dispose());
        }

        base.Dispose(disposing);
    }
}
