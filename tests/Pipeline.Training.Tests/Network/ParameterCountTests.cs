using MhdNet.Training.Network;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Network;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class ParameterCountTests
{
    private static readonly MhdOptions Paper = OptionsFile.Read(Path.Combine(Repository.Root, "config", "paper.json"), "types=A,AB,B1,B1+B2,B2,B2+B3,B3,TC");

    [Fact]
    public void The_papers_teacher_has_194_million()
    {
        using var teacher = new Teacher(Paper, META);

        Assert.Equal(63_474_249, Count(teacher.Radiology));
        Assert.Equal(63_518_153, Count(teacher.Pathology));
        Assert.Equal(62_787_849, Count(teacher.Fusion));
        Assert.Equal(194_100_049, Count(teacher));
    }

    [Fact]
    public void The_papers_student_has_38_million()
    {
        using var student = new Student(Paper, META);

        Assert.Equal(37_570_879, Count(student));
        Assert.Equal(86_464, student.named_parameters().Where(p => p.name.StartsWith("align", StringComparison.Ordinal)).Sum(p => p.parameter.numel()));
    }

    private static long Count(nn.Module module) => module.parameters().Sum(p => p.numel());
}
