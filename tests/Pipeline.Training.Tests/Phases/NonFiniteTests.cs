using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;
using MhdNet.Training.Phases;
using MhdNet.Training.Tests.Arithmetic;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Phases;

[Collection("torch")] // one at a time: its generator and its threads are shared
public sealed class NonFiniteTests : IDisposable
{
    private readonly TemporaryFolder _teacher = new();

    public NonFiniteTests()
    {
        using var teacher = new TeacherPhase(ToyBatches.Options, CPU);
        teacher.Step(ToyBatches.Mixed(0));
        teacher.Save(_teacher.Path);
    }

    public static TheoryData<string> Names => ["teacher", "student", "baseline", "radiology"];

    public void Dispose() => _teacher.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_double_precision_is_finite_the_machine_is_wrong_and_the_self_test_says_how(string name)
    {
        using var phase = Make(name, ToyBatches.Options);
        using var wrong = ArithmeticInUse.Use(new Convolutions(1, WrongConvolutions.Garbage(16, double.NaN)));
        var batch = ToyBatches.Mixed(0);
        Assert.False(double.IsFinite(phase.Step(batch)["loss"]));

        var explanation = phase.Explain(batch);

        Assert.True(explanation.Again!.Finite);
        Assert.False(explanation.SelfTest!.Passed);
        Assert.Contains("this machine's arithmetic is wrong", explanation.Sentence, StringComparison.Ordinal);
        Assert.Contains($"all {batch.Count} samples", explanation.Sentence, StringComparison.Ordinal);
        Assert.Contains("not finite in the value of convolution", explanation.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_step_in_double_precision_is_the_step(string name)
    {
        using var phase = Make(name, ToyBatches.Options);
        phase.Step(ToyBatches.Mixed(0));
        var batch = ToyBatches.Mixed(1);

        var again = phase.Explain(batch).Again!;

        Assert.Equal(phase.Step(batch)["loss"], again.Loss, Math.Abs(again.Loss) * 1e-4); // explaining left the phase as it was
        Assert.Equal(batch.Count, again.Samples);
    }

    [Fact]
    public void Inputs_that_are_wrong_are_named()
    {
        using var phase = Make("teacher", ToyBatches.Options);
        var batch = ToyBatches.Make(0, [0, 1]);
        var voxels = batch.Ct.Length / 2;
        batch.Ct[3] = float.NaN;
        Array.Fill(batch.Ct, 0.25f, voxels, voxels);
        batch.Wsi[5] = 7;

        var explanation = phase.Explain(batch);

        Assert.False(explanation.Again!.Finite);
        Assert.Equal(
            [
                "CT sequence series-0/000.npy holds values that are not finite",
                $"the slide sequence that is paired with series-0/000.npy holds values from {batch.Wsi[..(3 * voxels)].Min().ToString(System.Globalization.CultureInfo.InvariantCulture)} to 7, outside -1 to 1",
                "CT sequence series-1/000.npy is the same everywhere (0.25)",
            ],
            explanation.InputProblems);
        Assert.Contains("The batch's inputs are wrong: CT sequence series-0/000.npy holds", explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_beyond_single_precision_are_told_from_a_wrong_machine()
    {
        var again = new DoubleStep(8, 3e41, 5e40);

        var explanation = new NonFiniteExplanation(8, again, []) { SelfTest = Passed() };

        Assert.Contains("it is 3E+41, but numbers reach 5E+40", explanation.Sentence, StringComparison.Ordinal);
        Assert.Contains("lower learning_rate", explanation.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_other_case_says_what_was_found_and_what_to_do()
    {
        var unsure = new NonFiniteExplanation(8, new DoubleStep(2, 1.5, 10), []) { SelfTest = Passed() };
        var grown = new NonFiniteExplanation(8, new DoubleStep(8, double.NaN, double.PositiveInfinity), []);
        var noRoom = new NonFiniteExplanation(8, null, ["CT sequence x is the same everywhere (0)"]);

        Assert.Contains("with 2 of the 8 samples of the batch, it is 1.5: this machine's arithmetic is wrong, although", unsure.Sentence, StringComparison.Ordinal);
        Assert.Contains("not finite either. The batch's inputs are in order", grown.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("There is too little memory to compute the step again in double precision. The batch's inputs are wrong: CT", noRoom.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_samples_are_computed_again_as_there_is_memory_for()
    {
        static int Samples(long gibibytes) => Training.Network.Sizes.StepMemory.SamplesInDouble(
            OptionsFile.Read(Path.Combine(Repository.Root, "config", "paper.json"), "types=A,B"), 8, gibibytes << 30);

        Assert.Equal((0, 8), (Samples(2), Samples(200)));
        Assert.InRange(Samples(24), 1, 7);
    }

    private ITrainingPhase Make(string name, MhdOptions options) => new PhaseFactory(Training.Devices.ComputeDevice.Cpu).Create(name, options, name == "student" ? _teacher.Path : null);

    private static SelfTestResult Passed() => new(Machines.Avx512, PaddingChoice.Auto, 16, "toy", 3, new OperationError("softmax", "value", 1e-7), SelfTest.Tolerance);
}
