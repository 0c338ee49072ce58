using MhdNet.Training.Checkpoints;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Phases;
using MhdNet.Training.Tests.Phases;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Network;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class AblatedNetworkTests
{
    [Fact]
    public void Concatenation_is_one_convolution_of_both()
    {
        using var scope = NewDisposeScope();
        using var module = new Concatenation(new StageShape(3, 2, 4), CPU);
        var (radiology, pathology) = (randn([2, 3, 2, 4, 4]), randn([2, 3, 2, 4, 4]));
        var (weight, bias) = (module.state_dict()["mix.weight"].view(3, 6), module.state_dict()["mix.bias"]);

        var fused = module.call(radiology, pathology);

        var expected = einsum("oc,ncthw->nothw", weight.narrow(1, 0, 3), radiology) + einsum("oc,ncthw->nothw", weight.narrow(1, 3, 3), pathology) + bias.view(1, 3, 1, 1, 1);
        Assert.True(fused.allclose(expected, 1e-4, 1e-5));
    }

    [Fact]
    public void A_student_without_memory_is_the_plain_network_and_its_stages_are_what_is_aligned()
    {
        using var scope = NewDisposeScope();
        using var student = new Student(ToyBatches.Options with { StudentMemory = false }, CPU);
        using var plain = new ResNet3d(1, ToyBatches.Options.Width, ToyBatches.Options.StudentBlocks, 3, CPU);
        var state = student.state_dict();
        Assert.Equal(plain.state_dict().Keys.Concat(["align1.weight", "align1.bias", "align2.weight", "align2.bias", "align3.weight", "align3.bias"]).Order(), state.Keys.Order());
        using (no_grad())
        {
            foreach (var (name, tensor) in plain.state_dict())
            {
                tensor.copy_(state[name]);
            }
        }

        student.eval();
        plain.eval();
        var ct = randn([2, 1, 8, 33, 33]);
        var (own, expected) = (student.Forward(ct, []), plain.Forward(ct));

        Assert.True(own.Logits.equal(expected.Logits).all().item<bool>());
        Assert.All(own.Stages.Zip(expected.Stages), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    [Theory]
    [InlineData(Fusion.Concatenation, true)]
    [InlineData(Fusion.Concatenation, false)]
    [InlineData(Fusion.Shfm, false)]
    public void Teacher_and_student_of_an_ablation_learn_and_their_files_say_what_they_are(Fusion fusion, bool memory)
    {
        using var folder = new TemporaryFolder();
        var options = ToyBatches.Options with { Fusion = fusion, StudentMemory = memory };
        using (var teacher = new TeacherPhase(options, CPU))
        {
            Assert.True(double.IsFinite(teacher.Step(ToyBatches.Mixed(0))["conmb"]));
            teacher.Save(folder.Path);
        }

        using var student = new StudentPhase(options, folder.Path, CPU);
        var losses = Enumerable.Range(0, 12).Select(_ => student.Step(ToyBatches.Mixed(0))["loss"]).ToArray();
        student.Save(folder.Path);

        Assert.True(losses[^1] < 0.7 * losses[0], string.Join(", ", losses));
        var read = CheckpointMetadata.Read(folder["student.safetensors"]);
        Assert.Equal((fusion, memory), (read.Fusion, read.StudentMemory));
        using var typer = new CtTyper(folder.Path, folder.Path, CPU);
        Assert.Equal(student.Predict(ToyBatches.Mixed(1)), typer.Predict(ToyBatches.Mixed(1)));
    }
}
