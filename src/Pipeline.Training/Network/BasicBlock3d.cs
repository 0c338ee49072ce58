using MhdNet.Training.Arithmetic;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>Two 3x3x3 convolutions with batch normalisation and a shortcut: relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)).</summary>
public sealed class BasicBlock3d : Module<Tensor, Tensor>
{
    private readonly int _stride;
    private readonly Conv3d _conv1;
    private readonly BatchNorm3d _bn1;
    private readonly Conv3d _conv2;
    private readonly BatchNorm3d _bn2;
    private readonly Sequential? _downsample;

    /// <summary>A block [N, <paramref name="channelsIn"/>, T, H, W] → [N, <paramref name="channels"/>, T/stride, H/stride, W/stride].</summary>
    public BasicBlock3d(int channelsIn, int channels, int stride, Device device)
        : base(nameof(BasicBlock3d))
    {
        _stride = stride;
        register_module("conv1", _conv1 = Conv3d(channelsIn, channels, 3, stride: stride, padding: 1, bias: false, device: device));
        register_module("bn1", _bn1 = BatchNorm3d(channels, device: device));
        register_module("conv2", _conv2 = Conv3d(channels, channels, 3, padding: 1, bias: false, device: device));
        register_module("bn2", _bn2 = BatchNorm3d(channels, device: device));
        if (stride != 1 || channelsIn != channels)
        {
            _downsample = Sequential(
                Conv3d(channelsIn, channels, 1, stride: stride, bias: false, device: device),
                BatchNorm3d(channels, device: device));
            register_module("downsample", _downsample);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var shortcut = _downsample is [Conv3d projection, BatchNorm3d norm] ? norm.call(CheckedConvolution.Apply(input, projection, _stride)) : input;
        var inner = _bn1.call(CheckedConvolution.Apply(input, _conv1, _stride)).relu_();
        return _bn2.call(CheckedConvolution.Apply(inner, _conv2)).add_(shortcut).relu_();
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
            _conv1.Dispose();
            _bn1.Dispose();
            _conv2.Dispose();
            _bn2.Dispose();
            _downsample?.Dispose();
        }

        base.Dispose(disposing);
    }
}
