using MhdNet.Training.Arithmetic;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Tests.Phases;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Arithmetic;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class SelfTestTests
{
    private static readonly Operations Toy = NetworkOperations.Of("toy", ToyBatches.Options);

    public static TheoryData<string> Faults => ["garbage", "NaN", "gradient of the input", "gradient of the weights"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_convolution_that_is_wrong_in_a_known_way_is_found_and_filled_up(string fault)
    {
        var result = SelfTest.Run(Toy, PaddingChoice.Auto, Machines.Avx512, CPU, Wrong(fault, 16));

        Assert.True(result.Passed, result.ToString());
        Assert.Equal(16, result.Block);
        Assert.StartsWith("convolution", result.Unpadded!.Operation, StringComparison.Ordinal);
        Assert.True(result.Unpadded.Error > 0.01);
        Assert.Contains("channels filled up to multiples of 16", result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void The_block_is_that_of_the_registers_in_use(string fault)
    {
        var narrow = SelfTest.Run(Toy, PaddingChoice.Auto, Machines.Avx2, CPU, Wrong(fault, 8));
        var wide = SelfTest.Run(Toy, PaddingChoice.Auto, Machines.Avx2, CPU, Wrong(fault, 16));

        Assert.Equal((true, 8), (narrow.Passed, narrow.Block));
        Assert.False(wide.Passed);
    }

    [Fact]
    public void The_part_that_is_wrong_is_named()
    {
        var result = SelfTest.Run(Toy, PaddingChoice.Never, Machines.Avx512, CPU, WrongConvolutions.GradientOfInput(16));

        Assert.Equal("gradient of the input", result.Worst.Part);
        Assert.InRange(result.Worst.Error, 0.12, 0.14);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_an_infinite_error()
    {
        var result = SelfTest.Run(Toy, PaddingChoice.Never, Machines.Avx512, CPU, WrongConvolutions.Garbage(16, double.NaN));

        Assert.False(result.Passed);
        Assert.Contains("numbers that are not finite in the value of convolution", result.Problem, StringComparison.Ordinal);
        Assert.Contains("channel-padding = auto", result.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AVX512_CORE", "ONEDNN_MAX_CPU_ISA=SSE41")]
    [InlineData("SSE41", "Use another machine")]
    public void Where_filling_up_does_not_help_the_machine_is_refused_with_what_to_do(string limit, string remedy)
    {
        var machine = limit == "SSE41" ? Machines.Sse41 : Machines.Avx512;

        var result = SelfTest.Run(Toy, PaddingChoice.Auto, machine, CPU, WrongConvolutions.Always);

        Assert.False(result.Passed);
        var sentence = new WrongArithmeticException(result).Message;
        Assert.Contains("nothing is trained or typed", sentence, StringComparison.Ordinal);
        Assert.Contains(machine.Processor.Vendor, sentence, StringComparison.Ordinal);
        Assert.Contains(limit, sentence, StringComparison.Ordinal);
        Assert.Contains(result.Worst.Operation, sentence, StringComparison.Ordinal);
        Assert.Contains(remedy, sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_operation_that_is_wrong_refuses_the_machine()
    {
        var operations = Toy with
        {
            Convolutions = [],
            Others = [.. Toy.Others, new Operation("doubling", [new("input", [3])], inputs => inputs[0] * (inputs[0].dtype == ScalarType.Float32 ? 2.01 : 2))],
        };

        var result = SelfTest.Run(operations, PaddingChoice.Auto, Machines.Avx512, CPU);

        Assert.False(result.Passed);
        Assert.Equal("doubling", result.Worst.Operation);
    }

    [Theory]
    [InlineData(PaddingChoice.Auto, 1)]
    [InlineData(PaddingChoice.Never, 1)]
    [InlineData(PaddingChoice.Always, 16)]
    public void Where_all_is_right_the_setting_decides(PaddingChoice choice, int block)
    {
        var result = SelfTest.Run(Toy, choice, Machines.Avx512, CPU, RightConvolutions.Compute);

        Assert.True(result.Passed, result.ToString());
        Assert.Equal(block, result.Block);
        Assert.Null(result.Unpadded);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("small")]
    public void This_machine_computes_the_presets_rightly(string preset)
    {
        var options = OptionsFile.Read(Path.Combine(Repository.Root, "config", preset + ".json"));

        var result = SelfTest.Run(NetworkOperations.Of(preset, options), PaddingChoice.Auto, Machine.Read(CPU), CPU);

        Assert.True(result.Passed, result.ToString());
    }

    [Fact]
    public void The_generator_of_first_weights_is_left_alone()
    {
        random.manual_seed(4);
        using var expected = randn(3);
        random.manual_seed(4);

        SelfTest.Run(Operations.Any, PaddingChoice.Always, Machines.Avx512, CPU);

        using var drawn = randn(3);
        Assert.Equal(expected.data<float>().ToArray(), drawn.data<float>().ToArray());
    }

    private static ConvolutionKernel Wrong(string fault, int block) => fault switch
    {
        "garbage" => WrongConvolutions.Garbage(block, 0.3),
        "NaN" => WrongConvolutions.Garbage(block, double.NaN),
        "gradient of the input" => WrongConvolutions.GradientOfInput(block),
        _ => WrongConvolutions.GradientOfWeights(block),
    };
}
