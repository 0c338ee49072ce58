using MhdNet.Training.Checkpoints;
using MhdNet.Training.Losses;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>The student's half of a fixture's step: in training mode, against the teacher as it was before the step, in evaluation mode, and the updated memory.</summary>
internal static class StudentStep
{
    /// <summary>Runs it and notes what it gives. Where no sample has pathology, the losses against the teacher are 0.</summary>
    public static void Run(Fixture fixture, TypingMemory memory, Device device, Dictionary<string, StoredTensor> computed)
    {
        using var teacher = fixture.Teacher(device);
        using var student = fixture.Student(device);
        using var scope = NewDisposeScope();
        var (ct, wsi) = fixture.Batch.To(device);
        teacher.eval();
        student.train();
        var (fusion, read) = Frozen(teacher, memory, ct, wsi, fixture.Batch.HasPathology);
        var output = student.Forward(ct, read);
        var losses = StudentLosses.Of(student, output, fusion, fixture.Batch.Labels, fixture.Batch.HasPathology, fixture.Options);
        for (var s = 0; s < 3; s++)
        {
            computed[$"student.mem{s + 1}"] = TensorTransfer.ToStored(read[s]);
            computed[$"student.F{s + 1}"] = TensorTransfer.ToStored(output.Stages[s]);
        }

        computed["student.z"] = TensorTransfer.ToStored(output.Logits);
        computed["loss.ce_S"] = TensorTransfer.ToStored(losses.CrossEntropy);
        computed["loss.mse"] = Recorded.Loss(losses.Features);
        computed["loss.kl"] = Recorded.Loss(losses.Logits);
        computed["loss.student"] = TensorTransfer.ToStored(losses.Total);
        losses.Total.backward();
        Recorded.Network("student", student, computed);
    }

    private static (BranchFeatures? Fusion, IReadOnlyList<Tensor> Memory) Frozen(Teacher teacher, TypingMemory memory, Tensor ct, Tensor? wsi, bool[] hasPathology)
    {
        using var noGrad = no_grad();
        var output = teacher.Forward(ct, wsi, hasPathology);
        return (output.Fusion, memory.Read(nn.functional.softmax(output.Radiology.Logits, 1)));
    }
}
