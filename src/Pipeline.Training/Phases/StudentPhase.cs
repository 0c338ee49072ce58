using MhdNet.Training.Losses;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>Trains the student from a finished teacher and its memory. Files: <c>student</c> and <c>student-optimizer</c>.safetensors.</summary>
public sealed class StudentPhase : TrainingPhase
{
    private readonly string _teacherFolder;
    private readonly FrozenTeacher _teacher;
    private readonly Student _student;

    /// <summary>A fresh student, seeded by the options.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="teacherFolder">Where <see cref="TeacherPhase"/> saved.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    /// <exception cref="InvalidDataException">A file of the teacher is missing, truncated, or of other options or types.</exception>
    public StudentPhase(MhdOptions options, string teacherFolder, Device device)
        : this(options, teacherFolder, device, new FrozenTeacher(teacherFolder, options, device), Seeded.Make(options, () => new Student(options, device)))
    {
    }

    private StudentPhase(MhdOptions options, string teacherFolder, Device device, FrozenTeacher teacher, Student student)
        : base("student", options.StudentEpochs, options, device, student, null)
    {
        (_teacherFolder, _teacher, _student) = (teacherFolder, teacher, student);
    }

    private protected override TrainingPhase Twin() => new StudentPhase(Options, _teacherFolder, CPU);

    private protected override void ToDouble()
    {
        base.ToDouble();
        _teacher.ToDouble();
    }

    private protected override StepLosses Losses(Batch batch, BatchTensors tensors)
    {
        var (fusion, memory) = _teacher.Forward(tensors, batch.HasPathology);
        var output = _student.Forward(tensors.Ct, memory);
        var losses = StudentLosses.Of(_student, output, fusion, batch.Labels, batch.HasPathology, Options);
        return new StepLosses(losses.Total, ("ce_S", losses.CrossEntropy), ("mse", losses.Features), ("kl", losses.Logits));
    }

    private protected override Tensor Logits(Batch batch, BatchTensors tensors) => _student.Forward(tensors.Ct, _teacher.Read(tensors.Ct)).Logits;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _teacher.Dispose();
        }

        base.Dispose(disposing);
    }
}
