using MhdNet.Training.Checkpoints;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>
/// Types tumours from CT alone with a trained model: the teacher's radiology branch, the memory and the student. It never sees a slide or a label, and
/// computes what <see cref="TrainingPhase.Predict"/> of a student computes.
/// </summary>
public sealed class CtTyper : IPredictor
{
    private readonly ResNet3d _radiology;
    private readonly TypingMemory _memory;
    private readonly Student _student;
    private readonly Device _device;

    /// <summary>Loads a model; options and types are those of its checkpoints.</summary>
    /// <param name="teacherFolder">Holds <c>teacher.safetensors</c> and <c>memory.safetensors</c>.</param>
    /// <param name="studentFolder">Holds <c>student.safetensors</c>; may be the same folder.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="InvalidDataException">A file is missing, truncated, or the files belong to different runs' options or types.</exception>
    public CtTyper(string teacherFolder, string studentFolder, Device device)
    {
        var (teacher, memory, student) = (TrainingPhase.FileIn(teacherFolder, "teacher"), TrainingPhase.FileIn(teacherFolder, "memory"), TrainingPhase.FileIn(studentFolder, "student"));
        Options = CheckpointMetadata.Read(student);
        if (OptionsRules.Check(Options) is { Count: > 0 } problems)
        {
            throw new InvalidDataException($"{student}: {string.Join(" ", problems)}");
        }

        CheckpointMetadata.Require(teacher, Options);
        CheckpointMetadata.Require(memory, Options);
        _device = device;
        _radiology = Seeded.Make(Options, () => new ResNet3d(1, Options.Width, Options.TeacherBlocks, Options.Types.Count + 1, device));
        _memory = new TypingMemory(Options, device);
        _student = Seeded.Make(Options, () => new Student(Options, device));
        try
        {
            NetworkCheckpoint.LoadPart(teacher, _radiology, "radiology.");
            MemoryCheckpoint.Load(memory, _memory);
            NetworkCheckpoint.Load(student, _student);
            _radiology.eval();
            _student.eval();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The options of the model; <see cref="MhdOptions.Types"/> names the classes, <c>other</c> follows.</summary>
    public MhdOptions Options { get; }

    /// <summary>Probabilities of the K+1 classes.</summary>
    /// <param name="batch">Only its CT is used.</param>
    /// <returns>[N][K+1].</returns>
    /// <exception cref="InvalidDataException">The batch does not fit the model's options.</exception>
    public double[][] Predict(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var ct = BatchTensors.Of(batch with { Wsi = [], HasPathology = new bool[batch.Count] }, Options, _device).Ct;
        var read = _memory.Read(nn.functional.softmax(_radiology.Forward(ct).Logits, 1));
        return Probabilities.Of(_student.Forward(ct, read).Logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _radiology.Dispose();
        _memory.Dispose();
        _student.Dispose();
    }
}
