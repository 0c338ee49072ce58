using MhdNet.Training.Checkpoints;
using MhdNet.Training.Losses;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>
/// Runs the training step that a conformance fixture fixes (docs/method.md, "Conformance fixtures") with the same classes that training uses, and compares every
/// number with what an independent implementation computed in float64.
/// </summary>
public static class FixtureStep
{
    /// <summary>Runs a fixture.</summary>
    /// <param name="folder">Holds <c>options.json</c> and the safetensors files.</param>
    /// <param name="device">Where to compute.</param>
    /// <returns>A verdict for each expected tensor.</returns>
    /// <exception cref="InvalidDataException">The folder is no fixture, or expects what the step does not compute.</exception>
    public static IReadOnlyList<TensorVerdict> Run(string folder, Device device)
    {
        var options = OptionsFile.Read(Path.Combine(folder, "options.json"));
        var batch = FixtureBatch.Read(Path.Combine(folder, "batch.safetensors"));
        using var memory = new TypingMemory(options, device);
        MemoryCheckpoint.Load(Path.Combine(folder, "memory.safetensors"), memory);
        var computed = new Dictionary<string, StoredTensor>();
        using (var teacher = new Teacher(options, device))
        {
            NetworkCheckpoint.Load(Path.Combine(folder, "teacher.safetensors"), teacher);
            using var scope = NewDisposeScope();
            TeacherStep(teacher, memory, batch.To(device), options, computed);
        }

        using (var teacher = new Teacher(options, device))
        using (var student = new Student(options, device))
        {
            NetworkCheckpoint.Load(Path.Combine(folder, "teacher.safetensors"), teacher);
            NetworkCheckpoint.Load(Path.Combine(folder, "student.safetensors"), student);
            using var scope = NewDisposeScope();
            StudentStep(student, teacher, memory, batch.To(device), options, computed);
        }

        return Comparison.Of(computed, Safetensors.Read(Path.Combine(folder, "expected.safetensors")).Tensors);
    }

    private static void TeacherStep(Teacher teacher, TypingMemory memory, FixtureBatch.OnDevice batch, MhdOptions options, Dictionary<string, StoredTensor> computed)
    {
        teacher.train();
        var output = teacher.Forward(batch.Ct, batch.Wsi, batch.HasPathology);
        var losses = TeacherLosses.Of(output, memory, batch.Labels, batch.HasPathology, options);
        var (pathology, fusion) = (output.Pathology!, output.Fusion!);
        var gradients = autograd.grad([losses.Conmb!], [.. pathology.Stages], retain_graph: true);
        for (var s = 0; s < 3; s++)
        {
            computed[$"teacher.R{s + 1}"] = TensorTransfer.ToStored(output.Radiology.Stages[s]);
            computed[$"teacher.P{s + 1}"] = TensorTransfer.ToStored(pathology.Stages[s]);
            computed[$"teacher.F{s + 1}"] = TensorTransfer.ToStored(fusion.Stages[s]);
            computed[$"conmb_grad.P{s + 1}"] = TensorTransfer.ToStored(gradients[s]);
            computed[$"memory_after.stage{s + 1}"] = TensorTransfer.ToStored(memory.Banks[s].Items);
            var seen = memory.Banks[s].Seen;
            computed[$"memory_after.seen{s + 1}"] = new StoredTensor(StoredType.U8, [seen.Length], [.. seen.Select(type => type ? (byte)1 : (byte)0)]);
        }

        computed["teacher.zR"] = TensorTransfer.ToStored(output.Radiology.Logits);
        computed["teacher.zP"] = TensorTransfer.ToStored(pathology.Logits);
        computed["teacher.zF"] = TensorTransfer.ToStored(fusion.Logits);
        computed["loss.ce_R"] = TensorTransfer.ToStored(losses.Radiology);
        computed["loss.ce_P"] = TensorTransfer.ToStored(losses.Pathology!);
        computed["loss.ce_F"] = TensorTransfer.ToStored(losses.Fusion!);
        computed["loss.conmb"] = TensorTransfer.ToStored(losses.Conmb!);
        computed["loss.teacher"] = TensorTransfer.ToStored(losses.Total);
        losses.Total.backward();
        Afterwards("teacher", teacher, computed);
    }

    private static void StudentStep(Student student, Teacher teacher, TypingMemory memory, FixtureBatch.OnDevice batch, MhdOptions options, Dictionary<string, StoredTensor> computed)
    {
        teacher.eval();
        student.train();
        TeacherOutput wisdom;
        IReadOnlyList<Tensor> read;
        using (no_grad())
        {
            wisdom = teacher.Forward(batch.Ct, batch.Wsi, batch.HasPathology);
            read = memory.Read(nn.functional.softmax(wisdom.Radiology.Logits, 1));
        }

        var output = student.Forward(batch.Ct, read);
        var losses = StudentLosses.Of(student, output, wisdom.Fusion, batch.Labels, batch.HasPathology, options);
        for (var s = 0; s < 3; s++)
        {
            computed[$"student.mem{s + 1}"] = TensorTransfer.ToStored(read[s]);
            computed[$"student.F{s + 1}"] = TensorTransfer.ToStored(output.Stages[s]);
        }

        computed["student.z"] = TensorTransfer.ToStored(output.Logits);
        computed["loss.ce_S"] = TensorTransfer.ToStored(losses.CrossEntropy);
        computed["loss.mse"] = TensorTransfer.ToStored(losses.Features!);
        computed["loss.kl"] = TensorTransfer.ToStored(losses.Logits!);
        computed["loss.student"] = TensorTransfer.ToStored(losses.Total);
        losses.Total.backward();
        Afterwards("student", student, computed);
    }

    private static void Afterwards(string name, nn.Module network, Dictionary<string, StoredTensor> computed)
    {
        foreach (var (parameter, tensor) in network.named_parameters())
        {
            computed[$"gradnorm.{name}.{parameter}"] = TensorTransfer.ToStored(tensor.grad is { } grad ? grad.norm() : zeros([]));
        }

        foreach (var (buffer, tensor) in network.named_buffers().Where(b => b.name.Contains(".running_", StringComparison.Ordinal)))
        {
            computed[$"running.{name}.{buffer}"] = TensorTransfer.ToStored(tensor);
        }
    }
}
