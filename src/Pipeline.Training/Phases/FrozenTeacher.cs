using MhdNet.Training.Checkpoints;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>A trained teacher and its memory, in evaluation mode and without gradient.</summary>
internal sealed class FrozenTeacher : IDisposable
{
    private readonly Teacher _teacher;
    private readonly TypingMemory _memory;

    /// <summary>Loads what <see cref="TeacherPhase"/> saved.</summary>
    /// <exception cref="InvalidDataException">A file is missing, truncated, or of other options or types.</exception>
    public FrozenTeacher(string folder, MhdOptions options, Device device)
    {
        _teacher = Seeded.Make(options, () => new Teacher(options, device));
        _memory = new TypingMemory(options, device);
        try
        {
            CheckpointMetadata.Require(TrainingPhase.FileIn(folder, "teacher"), options);
            NetworkCheckpoint.Load(TrainingPhase.FileIn(folder, "teacher"), _teacher);
            CheckpointMetadata.Require(TrainingPhase.FileIn(folder, "memory"), options);
            MemoryCheckpoint.Load(TrainingPhase.FileIn(folder, "memory"), _memory);
            _teacher.eval();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs the teacher on a batch and reads the memory for it. What the student does not look at is freed before it begins.</summary>
    public (BranchFeatures? Fusion, IReadOnlyList<Tensor> Memory) Forward(BatchTensors tensors, IReadOnlyList<bool> hasPathology)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var output = _teacher.Forward(tensors.Ct, tensors.Wsi, hasPathology);
        var read = Kept(_memory.Read(nn.functional.softmax(output.Radiology.Logits, 1)));
        return (output.Fusion is { } fusion ? new BranchFeatures(Kept(fusion.Stages), fusion.Logits.MoveToOuterDisposeScope()) : null, read);
    }

    /// <summary>Reads the memory for CT alone.</summary>
    public IReadOnlyList<Tensor> Read(Tensor ct)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Kept(_memory.Read(nn.functional.softmax(_teacher.Radiology.Forward(ct).Logits, 1)));
    }

    /// <summary>Computes in double precision from now on.</summary>
    public void ToDouble()
    {
        _teacher.to(ScalarType.Float64);
        _memory.ToDouble();
    }

    private static IReadOnlyList<Tensor> Kept(IReadOnlyList<Tensor> tensors) => [.. tensors.Select(tensor => tensor.MoveToOuterDisposeScope())];

    /// <inheritdoc/>
    public void Dispose()
    {
        _teacher.Dispose();
        _memory.Dispose();
    }
}
