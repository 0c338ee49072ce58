using MhdNet.Training.Checkpoints;
using MhdNet.Training.Losses;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>The teacher's half of a fixture's step, in training mode; it updates the memory.</summary>
internal static class TeacherStep
{
    /// <summary>Runs it and notes what it gives. Where no sample has pathology, features have no rows and losses are 0.</summary>
    public static void Run(Fixture fixture, TypingMemory memory, Device device, Dictionary<string, StoredTensor> computed)
    {
        using var teacher = fixture.Teacher(device);
        using var scope = NewDisposeScope();
        var (ct, wsi) = fixture.Batch.To(device);
        teacher.train();
        var output = teacher.Forward(ct, wsi, fixture.Batch.HasPathology);
        var losses = TeacherLosses.Of(output, memory, fixture.Batch.Labels, fixture.Batch.HasPathology, fixture.Options);
        Features(output, losses, computed);
        Memory(memory, computed);
        computed["loss.ce_R"] = TensorTransfer.ToStored(losses.Radiology);
        computed["loss.ce_P"] = Recorded.Loss(losses.Pathology);
        computed["loss.ce_F"] = Recorded.Loss(losses.Fusion);
        computed["loss.conmb"] = Recorded.Loss(losses.Conmb);
        computed["loss.teacher"] = TensorTransfer.ToStored(losses.Total);
        losses.Total.backward();
        Recorded.Network("teacher", teacher, computed);
    }

    private static void Features(TeacherOutput output, TeacherLosses losses, Dictionary<string, StoredTensor> computed)
    {
        var (radiology, pathology, fusion) = (output.Radiology, output.Pathology, output.Fusion);
        var gradients = pathology is null ? null : autograd.grad([losses.Conmb!], [.. pathology.Stages], retain_graph: true);
        for (var s = 0; s < 3; s++)
        {
            computed[$"teacher.R{s + 1}"] = TensorTransfer.ToStored(radiology.Stages[s]);
            computed[$"teacher.P{s + 1}"] = Recorded.Rows(pathology?.Stages[s], radiology.Stages[s]);
            computed[$"teacher.F{s + 1}"] = Recorded.Rows(fusion?.Stages[s], radiology.Stages[s]);
            computed[$"conmb_grad.P{s + 1}"] = Recorded.Rows(gradients?[s], radiology.Stages[s]);
        }

        computed["teacher.zR"] = TensorTransfer.ToStored(radiology.Logits);
        computed["teacher.zP"] = Recorded.Rows(pathology?.Logits, radiology.Logits);
        computed["teacher.zF"] = Recorded.Rows(fusion?.Logits, radiology.Logits);
    }

    private static void Memory(TypingMemory memory, Dictionary<string, StoredTensor> computed)
    {
        for (var s = 0; s < 3; s++)
        {
            var seen = memory.Banks[s].Seen;
            computed[$"memory_after.stage{s + 1}"] = TensorTransfer.ToStored(memory.Banks[s].Items);
            computed[$"memory_after.seen{s + 1}"] = new StoredTensor(StoredType.U8, [seen.Length], [.. seen.Select(type => type ? (byte)1 : (byte)0)]);
        }
    }
}
