using System.Text.RegularExpressions;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Phases;
using MhdNet.Training.Tests.Arithmetic;
using MhdNet.Training.Tests.Phases;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Network;

[Collection("torch")] // one at a time: its generator and its threads are shared
public partial class NetworkConvolutionsTests
{
    [Theory]
    [InlineData(Fusion.Shfm, true)]
    [InlineData(Fusion.Concatenation, true)]
    [InlineData(Fusion.Shfm, false)]
    public void The_self_test_tries_every_convolution_that_training_and_typing_compute_and_no_other(Fusion fusion, bool memory)
    {
        var options = ToyBatches.Options with { Fusion = fusion, StudentMemory = memory };
        var (computed, tried) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        using (ArithmeticInUse.Use(Noting(computed)))
        {
            TrainAndType(options);
        }

        foreach (var each in NetworkConvolutions.Of(options))
        {
            Trial.Of(each.By(Noting(tried)), CPU);
        }

        Assert.Equal(computed, tried);
    }

    [Theory]
    [InlineData(Fusion.Shfm)]
    [InlineData(Fusion.Concatenation)]
    public void No_module_of_a_convolution_is_called_itself(Fusion fusion)
    {
        using var scope = NewDisposeScope();
        var options = ToyBatches.Options with { Fusion = fusion };
        using var teacher = new Teacher(options, CPU);
        using var student = new Student(options, CPU);
        var modules = teacher.modules().Concat(student.modules()).OfType<Conv3d>().ToArray();
        var called = 0;
        foreach (var module in modules)
        {
            module.register_forward_hook((_, _, output) =>
            {
                called++;
                return output;
            });
        }

        var ct = randn([2, 1, options.Frames, options.Size, options.Size]);
        var output = teacher.Forward(ct, randn([2, 3, options.Frames, options.Size, options.Size]), [true, true]);
        var fused = student.Forward(ct, output.Radiology.Stages);
        student.Align(1, fused.Stages[0]);

        Assert.NotEmpty(modules);
        Assert.Equal(0, called);
    }

    [Fact]
    public void Nothing_but_the_one_place_calls_torchs_convolutions()
    {
        var calls = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Call().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        Assert.Equal(["TorchConvolution.cs"], calls);
    }

    private static void TrainAndType(MhdOptions options)
    {
        using var folder = new TemporaryFolder();
        using (var teacher = new TeacherPhase(options, CPU))
        {
            teacher.Step(ToyBatches.Mixed(0));
            teacher.Save(folder.Path);
        }

        using var student = new StudentPhase(options, folder.Path, CPU);
        student.Step(ToyBatches.Mixed(0));
        student.Predict(ToyBatches.Mixed(0));
    }

    /// <summary>Notes each convolution but for its batch: one that has groups has one for each sample.</summary>
    private static Convolutions Noting(SortedSet<string> kinds) => new(1, (input, weight, bias, form) =>
    {
        kinds.Add(
            $"{weight.shape[1]} → {weight.shape[0] / form.Groups}{(form.Groups > 1 ? " in groups" : "")}, {string.Join('x', weight.shape[2..])}, " +
            $"strides {string.Join('x', form.Strides)}, padding {string.Join('x', form.Padding)}");
        return RightConvolutions.Compute(input, weight, bias, form);
    });

    [GeneratedRegex(@"\bconv(_transpose)?[123]d\s*\(|\bconvolution\s*\(")]
    private static partial Regex Call();
}
