using MhdNet.Training.Checkpoints;
using MhdNet.Training.Devices;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>Makes the networks on one device.</summary>
/// <param name="device">Where; null: the first CUDA device where there is one, else the processor.</param>
public sealed class PhaseFactory(ComputeDevice? device = null) : IPhaseFactory
{
    private readonly Lazy<Device> _device = new(() => (device ?? ComputeDevice.Of("auto", ComputeDevice.CudaDevices)).Open());

    /// <inheritdoc/>
    public ITrainingPhase Create(string phase, MhdOptions options, string? teacher) => (phase, teacher) switch
    {
        ("teacher", _) => new TeacherPhase(options, _device.Value),
        ("student", not null) => new StudentPhase(options, teacher, _device.Value),
        ("radiology" or "pathology", _) => new BranchPhase(options, phase, _device.Value),
        ("baseline", _) => new BaselinePhase(options, _device.Value),
        ("student", null) => throw new ArgumentException("the student needs the folder of the trained teacher", nameof(teacher)),
        _ => throw new ArgumentException($"there is no phase '{phase}'; known are teacher, student, baseline, radiology and pathology", nameof(phase)),
    };

    /// <inheritdoc/>
    public IPredictor Typer(MhdOptions options, string teacher, string student)
    {
        CheckpointMetadata.Require(TrainingPhase.FileIn(student, "student"), options);
        return new CtTyper(teacher, student, _device.Value);
    }
}
