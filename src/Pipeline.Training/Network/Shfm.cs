using MhdNet.Training.Arithmetic;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>
/// Spatial-differentiated hetero-modal fusion of one stage (eq. 1-3): radiology and pathology features, each [N, c, t, h, w] → f_F of the same shape.
/// The correlation tensor C of eq. 1 (t·κ² channels) is never formed: a convolution W over its channels is, sample by sample, the convolution
/// W·Pᵀ/√c over the c channels of R.
/// </summary>
public sealed class Shfm : Module<Tensor, Tensor, Tensor>
{
    private readonly StageShape _stage;
    private readonly int _kappa;
    private readonly Conv3d _radiologyProj;
    private readonly Conv3d _pathologyProj;
    private readonly Conv3d _attention;
    private readonly Conv3d _kernel;
    private readonly Conv3d _pathologyReduce;
    private readonly Conv3d _mixIn;
    private readonly BatchNorm3d _normIn;
    private readonly BatchNorm3d _normOut;
    private readonly Conv3d _mixOut;

    /// <summary>A module with fresh weights, drawn from torch's generator.</summary>
    /// <param name="stage">Sizes of both inputs.</param>
    /// <param name="kappa">Edge of the involution kernel, and of the pooled pathology features.</param>
    /// <param name="attention">Edge of the attention convolution's kernel.</param>
    /// <param name="reduction">r: the pathology features enter the fused tensor with c/r channels.</param>
    /// <param name="device">Where the weights live.</param>
    public Shfm(StageShape stage, int kappa, int attention, int reduction, Device device)
        : base(nameof(Shfm))
    {
        (_stage, _kappa) = (stage, kappa);
        var (c, pooled) = (stage.Channels, stage.Frames * kappa * kappa);
        var fused = c + (stage.Frames * c / reduction);
        register_module("radiology_proj", _radiologyProj = Conv3d(c, c, 1, device: device));
        register_module("pathology_proj", _pathologyProj = Conv3d(c, c, 1, device: device));
        register_module("attention", _attention = Conv3d(pooled, stage.Frames + 1, attention, padding: attention / 2, bias: false, device: device));
        register_module("kernel", _kernel = Conv3d(pooled, kappa * kappa, 1, device: device));
        register_module("pathology_reduce", _pathologyReduce = Conv3d(c, c / reduction, 1, device: device));
        register_module("mix_in", _mixIn = Conv3d(fused, fused, 1, bias: false, device: device));
        register_module("norm_in", _normIn = BatchNorm3d(fused, device: device));
        register_module("norm_out", _normOut = BatchNorm3d(fused, device: device));
        register_module("mix_out", _mixOut = Conv3d(fused, c, 1, device: device));
    }

    /// <summary>f_R, f_P → f_F.</summary>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        var (radiology, pathology) = (input1, input2);
        var projected = CheckedConvolution.Apply(radiology, _radiologyProj);
        var pooled = Pooled(pathology);
        var gates = Gates(projected, pooled).sigmoid_();
        var kernels = Kernels(projected, pooled);
        var gated = Gated(radiology, CheckedConvolution.Apply(pathology, _pathologyReduce), gates);
        var mixed = _normIn.call(CheckedConvolution.Apply(gated, _mixIn)).relu_();
        return CheckedConvolution.Apply(_normOut.call(Involution.Apply(mixed, kernels)).add_(gated), _mixOut);
    }

    /// <summary>Pᵀ: [N, t·κ², c], scaled by 1/√c. Pooling and a 1x1x1 convolution commute, and pooling first is cheaper.</summary>
    private Tensor Pooled(Tensor pathology)
    {
        var pooled = functional.adaptive_avg_pool3d(pathology, [_stage.Frames, _kappa, _kappa]);
        return CheckedConvolution.Apply(pooled, _pathologyProj).flatten(2).mul(1 / Math.Sqrt(_stage.Channels));
    }

    /// <summary>The gates' logits [N, t+1, t, h, w].</summary>
    private Tensor Gates(Tensor projected, Tensor pooled)
    {
        var weight = _attention.weight!;
        var (samples, outputs, channels, edge) = (projected.shape[0], weight.shape[0], weight.shape[1], weight.shape[2]);
        var flat = weight.view(outputs, channels, -1).transpose(0, 1).reshape(channels, -1);
        var own = matmul(pooled, flat).view(samples, _stage.Channels, outputs, -1).transpose(1, 2).reshape(samples, outputs, _stage.Channels, edge, edge, edge);
        return SampleConvolution.Apply(projected, own);
    }

    /// <summary>One κxκ kernel a voxel: [N, κ², t, h, w].</summary>
    private Tensor Kernels(Tensor projected, Tensor pooled)
    {
        var weight = _kernel.weight!.flatten(1);
        var own = matmul(pooled, weight.t()).transpose(1, 2);
        var kernels = matmul(own, projected.flatten(2)).add_(_kernel.bias!.view(1, -1, 1));
        return kernels.view(projected.shape[0], -1, projected.shape[2], projected.shape[3], projected.shape[4]);
    }

    /// <summary>
    /// A: channels [0, c) are f_R times gate 0; then for each slide frame j its c/r channels, the same in all CT frames, times gate 1+j.
    /// </summary>
    private static Tensor Gated(Tensor radiology, Tensor reduced, Tensor gates)
    {
        var own = radiology * gates.narrow(1, 0, 1);
        var frames = reduced.transpose(1, 2).unsqueeze(3); // [N, j, c/r, 1, h, w]
        var others = frames * gates.narrow(1, 1, gates.shape[1] - 1).unsqueeze(2); // [N, j, c/r, t, h, w]
        return cat([own, others.flatten(1, 2)], 1);
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
            foreach (var child in children())
            {
                child.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
