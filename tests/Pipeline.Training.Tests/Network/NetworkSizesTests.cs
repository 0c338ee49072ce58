using MhdNet.Training.Arithmetic;
using MhdNet.Training.Network;
using MhdNet.Training.Network.Sizes;
using MhdNet.Training.Options;
using MhdNet.Training.Tests.Phases;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Network;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class NetworkSizesTests
{
    private static readonly MhdOptions Paper = OptionsFile.Read(Path.Combine(Repository.Root, "config", "paper.json"), "types=A,AB,B1,B1+B2,B2,B2+B3,B3,TC");

    [Fact]
    public void The_papers_totals_are_those_of_the_method()
    {
        var teacher = NetworkSizes.Teacher(Paper);

        Assert.Equal(
            (194_100_049, 63_474_249, 63_518_153, 62_787_849, 4_319_798),
            (teacher.Parameters, teacher.ParametersOf("radiology."), teacher.ParametersOf("pathology."), teacher.ParametersOf("fusion."), teacher.ParametersOf("shfm")));
        Assert.Equal((37_570_879, 86_464), (NetworkSizes.Student(Paper).Parameters, NetworkSizes.Student(Paper).ParametersOf("align")));
        Assert.Equal([64, 12, 56, 56], teacher.Modules[0].Output);
        Assert.Equal([512, 2, 7, 7], teacher.Modules.Single(module => module.Module == "fusion.layer4").Output);
    }

    [Fact]
    public void The_papers_gates_cost_a_ninth_of_what_is_printed()
    {
        var cost = ShfmCost.Of(StageShape.Of(Paper)[0], Paper);

        Assert.Equal((98.67, 10.91), (Math.Round(cost.PrintedAttention / 1e9, 2), Math.Round(cost.Attention / 1e9, 2)));
        Assert.Equal(588L * 12 * 56 * 56, cost.CorrelationElements);
    }

    [Theory]
    [InlineData(33)]
    [InlineData(45)]
    public void Multiply_adds_of_layers_are_those_that_a_forward_pass_makes(int edge)
    {
        var options = ToyBatches.Options with { Size = edge, TeacherBlocks = [2, 1, 3, 1] };
        using var scope = NewDisposeScope();
        using var branch = new ResNet3d(1, options.Width, options.TeacherBlocks, 3, CPU);
        var counted = 0L;
        using var counting = ArithmeticInUse.Use(new Convolutions(1, (input, weight, bias, form) =>
        {
            var output = TorchConvolution.Compute(input, weight, bias, form);
            counted += output.numel() * weight.numel() / weight.shape[0];
            return output;
        }));
        using var noGrad = no_grad(); // in training the stem computes the same from unfolded frames

        branch.Forward(randn([1, 1, options.Frames, edge, edge]));

        var convolutions = NetworkSizes.Teacher(options).Modules.Where(module => module.Module.StartsWith("radiology.", StringComparison.Ordinal) && module.Module != "radiology.fc");
        Assert.Equal(counted, convolutions.Sum(module => module.MultiplyAdds));
    }
}
