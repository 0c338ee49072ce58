using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>
/// A 3D ResNet: the radiology and pathology branches of the teacher, the base of the student, and by itself the CT-only baseline. Input
/// [N, channels, T, H, W]; parameter names are PyTorch's (<c>layer1.0.conv1.weight</c>).
/// </summary>
public class ResNet3d : Module
{
    private readonly Conv3d _conv1;
    private readonly BatchNorm3d _bn1;
    private readonly Sequential[] _layers;
    private readonly Linear _fc;

    /// <summary>A network with fresh weights, drawn from torch's generator.</summary>
    /// <param name="channels">Of the input: 1 for CT, 3 for slides.</param>
    /// <param name="width">c_1.</param>
    /// <param name="blocks">Residual blocks of the four stages.</param>
    /// <param name="classes">Logits, K+1.</param>
    /// <param name="device">Where the weights live.</param>
    public ResNet3d(int channels, int width, IReadOnlyList<int> blocks, int classes, Device device)
        : base(nameof(ResNet3d))
    {
        register_module("conv1", _conv1 = Conv3d(channels, width, (7, 7, 7), stride: (1, 2, 2), padding: (3, 3, 3), bias: false, device: device));
        register_module("bn1", _bn1 = BatchNorm3d(width, device: device));
        _layers = [.. Enumerable.Range(1, 4).Select(stage => ResidualStages.Make(stage, width, blocks[stage - 1], device))];
        for (var stage = 1; stage <= 4; stage++)
        {
            register_module($"layer{stage}", _layers[stage - 1]);
        }

        register_module("fc", _fc = Linear(8 * width, classes, device: device));
        ResNetInitialisation.Apply(this);
    }

    /// <summary>[N, channels, T, H, W] → the logits, with the features of stages 1 to 3.</summary>
    public BranchFeatures Forward(Tensor input)
    {
        var stage1 = Layer(1, Stem(input));
        var stage2 = Layer(2, stage1);
        var stage3 = Layer(3, stage2);
        return new BranchFeatures([stage1, stage2, stage3], Head(Layer(4, stage3)));
    }

    /// <summary>Convolution, normalisation, ReLU and pooling.</summary>
    protected Tensor Stem(Tensor input) =>
        functional.max_pool3d(_bn1.call(_conv1.call(input)).relu_(), [3, 3, 3], [2, 2, 2], [1, 1, 1]);

    /// <summary>One of the stages 1 to 4.</summary>
    protected Tensor Layer(int stage, Tensor input) => _layers[stage - 1].call(input);

    /// <summary>Mean over frames and pixels, then the linear layer.</summary>
    protected Tensor Head(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _fc.call(input.mean([2, 3, 4]));
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
            _fc.Dispose();
            Array.ForEach(_layers, layer => layer.Dispose());
        }

        base.Dispose(disposing);
    }
}
