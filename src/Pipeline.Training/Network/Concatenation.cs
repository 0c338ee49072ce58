using MhdNet.Training.Arithmetic;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>Fusion without SHFM: f_F = Conv1x1x1(2c → c)(concat(f_R, f_P)), all [N, c, t, h, w].</summary>
public sealed class Concatenation : Module<Tensor, Tensor, Tensor>
{
    private readonly Conv3d _mix;

    /// <summary>A module with fresh weights, drawn from torch's generator.</summary>
    public Concatenation(StageShape stage, Device device)
        : base(nameof(Concatenation))
    {
        ArgumentNullException.ThrowIfNull(stage);
        register_module("mix", _mix = Conv3d(2 * stage.Channels, stage.Channels, 1, device: device));
    }

    /// <summary>f_R, f_P → f_F.</summary>
    public override Tensor forward(Tensor input1, Tensor input2) => CheckedConvolution.Apply(cat([input1, input2], 1), _mix);

    /// <summary>Nothing is left to register: the constructor gives each part PyTorch's name, not its field's.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _mix.Dispose();
        }

        base.Dispose(disposing);
    }
}
