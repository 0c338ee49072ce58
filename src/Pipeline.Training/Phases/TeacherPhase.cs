using MhdNet.Training.Losses;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>Trains the teacher and fills the memory. Files: <c>teacher</c>, <c>memory</c> and <c>teacher-optimizer</c>.safetensors.</summary>
public sealed class TeacherPhase : TrainingPhase
{
    private readonly Teacher _teacher;
    private readonly TypingMemory _memory;

    /// <summary>A fresh teacher, seeded by the options, and an empty memory.</summary>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public TeacherPhase(MhdOptions options, Device device)
        : this(options, device, Seeded.Make(options, () => new Teacher(options, device)), new TypingMemory(options, device))
    {
    }

    private TeacherPhase(MhdOptions options, Device device, Teacher teacher, TypingMemory memory)
        : base("teacher", options.TeacherEpochs, options, device, teacher, memory)
    {
        (_teacher, _memory) = (teacher, memory);
    }

    private protected override TrainingPhase Twin() => new TeacherPhase(Options, CPU);

    private protected override StepLosses Losses(Batch batch, BatchTensors tensors)
    {
        var output = _teacher.Forward(tensors.Ct, tensors.Wsi, batch.HasPathology);
        var losses = TeacherLosses.Of(output, _memory, batch.Labels, batch.HasPathology, Options);
        return new StepLosses(losses.Total, ("ce_R", losses.Radiology), ("ce_P", losses.Pathology), ("ce_F", losses.Fusion), ("conmb", losses.Conmb));
    }

    /// <summary>The fusion branch where a sample has pathology, the radiology branch elsewhere.</summary>
    private protected override Tensor Logits(Batch batch, BatchTensors tensors)
    {
        var output = _teacher.Forward(tensors.Ct, tensors.Wsi, batch.HasPathology);
        var logits = output.Radiology.Logits.clone();
        if (output.Fusion is { } fusion)
        {
            long[] rows = [.. Enumerable.Range(0, batch.Count).Where(sample => batch.HasPathology[sample])];
            logits.index_copy_(0, tensor(rows, device: Device), fusion.Logits);
        }

        return logits;
    }
}
