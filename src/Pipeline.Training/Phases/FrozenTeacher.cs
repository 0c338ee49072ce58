using MhdNet.Training.Checkpoints;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
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
        _teacher = new Teacher(options, device);
        _memory = new TypingMemory(options, device);
        try
        {
            CheckpointMetadata.RequireTypes(TrainingPhase.FileIn(folder, "teacher"), options);
            NetworkCheckpoint.Load(TrainingPhase.FileIn(folder, "teacher"), _teacher);
            CheckpointMetadata.RequireTypes(TrainingPhase.FileIn(folder, "memory"), options);
            MemoryCheckpoint.Load(TrainingPhase.FileIn(folder, "memory"), _memory);
            _teacher.eval();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs the teacher on a batch and reads the memory for it.</summary>
    public (BranchFeatures? Fusion, IReadOnlyList<Tensor> Memory) Forward(BatchTensors tensors, IReadOnlyList<bool> hasPathology)
    {
        using var noGrad = no_grad();
        var output = _teacher.Forward(tensors.Ct, tensors.Wsi, hasPathology);
        return (output.Fusion, _memory.Read(nn.functional.softmax(output.Radiology.Logits, 1)));
    }

    /// <summary>Reads the memory for CT alone.</summary>
    public IReadOnlyList<Tensor> Read(Tensor ct)
    {
        using var noGrad = no_grad();
        return _memory.Read(nn.functional.softmax(_teacher.Radiology.Forward(ct).Logits, 1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _teacher.Dispose();
        _memory.Dispose();
    }
}
