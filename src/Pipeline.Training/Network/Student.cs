using System.Globalization;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>
/// The memory-aware student: a ResNet on CT whose stages 2 to 4 also see SHFM of the stage before with what was read from the memory. Without a memory (an
/// ablation) it is the plain ResNet, and the features of its stages are what is held against the teacher's.
/// </summary>
public sealed class Student : ResNet3d
{
    private readonly Module<Tensor, Tensor, Tensor>[] _fusions;
    private readonly Conv3d[] _align;

    /// <summary>A student with fresh weights, drawn from torch's generator.</summary>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public Student(MhdOptions options, Device device)
        : base(1, options.Width, options.StudentBlocks, options.Types.Count + 1, device)
    {
        OptionsRules.RequireWithTypes(options);
        _fusions = options.StudentMemory ? StageFusions.Make(options, device) : [];
        _align = [.. StageShape.Of(options).Take(3).Select(stage => Conv3d(stage.Channels, stage.Channels, 1, device: device))];
        for (var stage = 1; stage <= 3; stage++)
        {
            if (options.StudentMemory)
            {
                register_module(StageFusions.NameOf(options, stage), _fusions[stage - 1]);
            }

            register_module(string.Create(CultureInfo.InvariantCulture, $"align{stage}"), _align[stage - 1]);
        }
    }

    /// <summary>The logits, with F1' to F3' (without a memory: S1 to S3).</summary>
    /// <param name="ct">[N,1,T,H,W].</param>
    /// <param name="memory">Read from the memory for these samples, stages 1 to 3, [N, c_s, t_s, h_s, w_s]; not looked at by a student without a memory.</param>
    public BranchFeatures Forward(Tensor ct, IReadOnlyList<Tensor> memory)
    {
        var fused = new Tensor[3];
        var features = Layer(1, Stem(ct));
        for (var stage = 1; stage <= 3; stage++)
        {
            fused[stage - 1] = _fusions.Length > 0 ? _fusions[stage - 1].call(features, memory[stage - 1]) : features;
            features = Layer(stage + 1, _fusions.Length > 0 ? features + fused[stage - 1] : features);
        }

        return new BranchFeatures(fused, Head(features));
    }

    /// <summary>con_s: brings F_s' to the teacher's F_s; used in training only.</summary>
    public Tensor Align(int stage, Tensor features) => CheckedConvolution.Apply(features, _align[stage - 1]);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Array.ForEach(_fusions, module => module.Dispose());
            Array.ForEach(_align, module => module.Dispose());
        }

        base.Dispose(disposing);
    }
}
