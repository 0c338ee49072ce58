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
        Assert.Contains("This machine's arithmetic is wrong", explanation.Sentence(ToyBatches.Options), StringComparison.Ordinal);
        Assert.Contains($"all {batch.Count} samples", explanation.Sentence(ToyBatches.Options), StringComparison.Ordinal);
        Assert.Contains("not finite in the value of convolution", explanation.Sentence(ToyBatches.Options), StringComparison.Ordinal);
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
        Assert.Contains("The batch's inputs are wrong: CT sequence series-0/000.npy holds", explanation.Sentence(ToyBatches.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_beyond_single_precision_are_told_from_a_wrong_machine()
    {
        var options = ToyBatches.Options with { LearningRate = 1e25, GradientClip = 0 };
        using var phase = Make("baseline", options);
        phase.Step(ToyBatches.Mixed(0)); // weights of 1e25, whose products have no variance in single precision
        var batch = ToyBatches.Mixed(1);
        Array.ForEach([.. Enumerable.Range(0, batch.Ct.Length)], i => batch.Ct[i] = Math.Clamp(batch.Ct[i], -1, 1));
        Array.ForEach([.. Enumerable.Range(0, batch.Wsi.Length)], i => batch.Wsi[i] = Math.Clamp(batch.Wsi[i], -1, 1));
        Assert.False(double.IsFinite(phase.Step(batch)["loss"]));

        var explanation = phase.Explain(batch);

        Assert.True(explanation.Again is { Finite: true, FitsSinglePrecision: false }, explanation.ToString());
        Assert.Contains("which is too large for single precision. The batch's inputs are in order, so the weights have", explanation.Sentence(options), StringComparison.Ordinal);
        Assert.EndsWith("a lower learning_rate than 1E+25, or with gradient_clip.", explanation.Sentence(options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_is_blamed_only_where_nothing_else_can_be_the_cause()
    {
        static string Sentence(NonFiniteExplanation explanation) => explanation.Sentence(ToyBatches.Options with { GradientClip = 1 });
        var fine = new DoubleStep(8, 1.5, 10);
        var part = new DoubleStep(2, 1.5, 10);
        string[] bad = ["CT sequence x is the same everywhere (0)"];

        Assert.Contains("all 8 samples of the batch, the loss is 1.5. The batch's inputs are in order and the self-test passes (", Sentence(new(8, fine, []) { SelfTest = Passed() }), StringComparison.Ordinal);
        Assert.Contains("yet this machine's arithmetic is wrong. Set the environment variable ONEDNN_MAX_CPU_ISA=SSE41", Sentence(new(8, fine, []) { SelfTest = Passed() }), StringComparison.Ordinal);
        Assert.Contains("2 of the 8 samples of the batch, the loss is 1.5. The batch's inputs are in order and the self-test passes, so the cause is not known.", Sentence(new(8, part, []) { SelfTest = Passed() }), StringComparison.Ordinal);
        Assert.Contains("inputs are wrong: CT sequence x", Sentence(new(8, fine, bad) { SelfTest = Passed() }), StringComparison.Ordinal);
        Assert.Contains("inputs are wrong: CT sequence x", Sentence(new(8, part, bad) { SelfTest = Passed() }), StringComparison.Ordinal);
        var noRoom = Sentence(new(8, null, []) { NotComputed = "there is too little memory", SelfTest = Passed() });
        Assert.StartsWith("The step could not be computed again in double precision: there is too little memory. The batch's", noRoom, StringComparison.Ordinal);
        Assert.Contains("so the cause is not known", noRoom, StringComparison.Ordinal);
        var grown = Sentence(new(8, new DoubleStep(8, double.NaN, double.PositiveInfinity), []));
        Assert.Contains("the loss is not finite either. The batch's inputs are in order, so the weights", grown, StringComparison.Ordinal);
        Assert.EndsWith("or a lower gradient_clip.", grown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_teacher_that_is_gone_hides_nothing()
    {
        using var phase = Make("student", ToyBatches.Options);
        Directory.GetFiles(_teacher.Path).ToList().ForEach(File.Delete);

        var explanation = phase.Explain(ToyBatches.Mixed(0));

        Assert.Null(explanation.Again);
        Assert.Contains("teacher.safetensors", explanation.Sentence(ToyBatches.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_samples_are_computed_again_as_there_is_memory_for()
    {
        static int Samples(long gibibytes) => Training.Network.Sizes.StepMemory.SamplesInDouble(
            OptionsFile.Read(Path.Combine(Repository.Root, "config", "paper.json"), "types=A,B"), 8, gibibytes << 30);

        Assert.Equal((0, 8), (Samples(2), Samples(200)));
        Assert.All(Enumerable.Range(1, 40), gibibytes => Assert.InRange(Samples(gibibytes), Samples(gibibytes - 1), Samples(gibibytes - 1) + 1));
        var one = Training.Network.Sizes.StepMemory.Of(OptionsFile.Read(Path.Combine(Repository.Root, "config", "paper.json"), "types=A,B") with { Batch = 1 });
        Assert.Equal(0, Samples((int)(2 * one >> 30)));
        Assert.InRange(Samples(24), 1, 7);
    }

    private ITrainingPhase Make(string name, MhdOptions options) => new PhaseFactory(Training.Devices.ComputeDevice.Cpu).Create(name, options, name == "student" ? _teacher.Path : null);

    private static SelfTestResult Passed() => new(Machines.Avx512, PaddingChoice.Auto, 16, "toy", 3, new OperationError("softmax", "value", 1e-7), SelfTest.Tolerance);
}
