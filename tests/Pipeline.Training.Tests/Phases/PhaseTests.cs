using MhdNet.Training.Phases;
using MhdNet.Training.Trainer;
using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Phases;

[Collection("torch")] // one at a time: its generator and its threads are shared
public sealed class PhaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PhaseTests()
    {
        using var teacher = new TeacherPhase(ToyBatches.Options, CPU);
        teacher.Step(ToyBatches.Mixed(99));
        teacher.Save(_folder.Path);
    }

    public static TheoryData<string> Names => ["teacher", "student", "baseline"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_lower_the_loss(string name)
    {
        using var phase = Make(name);

        var losses = Enumerable.Range(0, 12).Select(_ => phase.Step(ToyBatches.Mixed(1))["loss"]).ToArray();

        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(losses[^3..].Max() < 0.6 * losses[0], string.Join(", ", losses));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_and_predictions_leave_no_tensor_behind(string name)
    {
        using var phase = Make(name);
        void Round(int index)
        {
            phase.Step(ToyBatches.Mixed(index));
            phase.Step(ToyBatches.Make(index, [2, 2, 2]));
            phase.Predict(ToyBatches.Mixed(index));
        }

        Round(0);
        var statistics = DisposeScopeManager.Statistics; // of this thread: other tests run beside it
        var before = statistics.ThreadTotalLiveCount;
        for (var index = 1; index <= 4; index++)
        {
            Round(index);
        }

        Assert.Equal(before, statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_and_loaded_it_goes_on_bit_by_bit(string name)
    {
        using var checkpoint = new TemporaryFolder();
        using var straight = Make(name);
        for (var index = 0; index < 3; index++)
        {
            straight.Step(ToyBatches.Mixed(index));
        }

        straight.Save(checkpoint.Path);
        using var resumed = Make(name);
        resumed.Load(checkpoint.Path);
        for (var index = 3; index < 6; index++)
        {
            Assert.Equal(straight.Step(ToyBatches.Mixed(index)), resumed.Step(ToyBatches.Mixed(index)));
        }

        Assert.Equal(straight.Predict(ToyBatches.Mixed(9)), resumed.Predict(ToyBatches.Mixed(9)));
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        straight.Save(one.Path);
        resumed.Save(other.Path);
        Assert.All(Directory.GetFiles(one.Path), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(other[Path.GetFileName(file)])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_that_is_not_finite_changes_nothing(string name)
    {
        using var before = new TemporaryFolder();
        using var after = new TemporaryFolder();
        using var phase = Make(name);
        phase.Step(ToyBatches.Mixed(0));
        phase.Save(before.Path);
        var broken = ToyBatches.Mixed(1);
        broken.Ct[7] = float.NaN;

        var loss = phase.Step(broken)["loss"];

        phase.Save(after.Path);
        Assert.False(double.IsFinite(loss));
        Assert.All(Directory.GetFiles(before.Path), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(after[Path.GetFileName(file)])));
        Assert.True(double.IsFinite(phase.Step(ToyBatches.Mixed(2))["loss"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_probabilities_and_do_not_depend_on_the_rest_of_the_batch(string name)
    {
        using var phase = Make(name);
        phase.Step(ToyBatches.Mixed(0));
        var two = ToyBatches.Make(4, [0, 1]);
        var voxels = two.Ct.Length / 2;
        var one = two with { Ct = two.Ct[..voxels], Wsi = two.Wsi[..(3 * voxels)], Labels = [-1], HasPathology = [true], Names = ["x"] };

        var predictions = phase.Predict(two);

        Assert.All(predictions, row => Assert.Equal(1, row.Sum(), 1e-9));
        Assert.Equal(3, predictions[0].Length);
        Assert.Equal(predictions[0], phase.Predict(one)[0], (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Without_pathology_only_the_radiology_loss_counts_and_the_rest_of_the_teacher_rests()
    {
        using var before = new TemporaryFolder();
        using var after = new TemporaryFolder();
        using var phase = new TeacherPhase(ToyBatches.Options, CPU);
        phase.Step(ToyBatches.Mixed(0));
        phase.Save(before.Path);

        var losses = phase.Step(ToyBatches.Make(1, [2, 0, 1], 1, 2));

        phase.Save(after.Path);
        Assert.Equal((0, 0, 0), (losses["ce_P"], losses["ce_F"], losses["conmb"]));
        Assert.Equal(losses["ce_R"], losses["loss"]);
        foreach (var file in Directory.GetFiles(before.Path).Select(Path.GetFileName))
        {
            var (old, now) = (Training.Checkpoints.Safetensors.Read(before[file!]).Tensors, Training.Checkpoints.Safetensors.Read(after[file!]).Tensors);
            Assert.All(old, tensor => Assert.Equal(!tensor.Key.Contains("radiology.", StringComparison.Ordinal), tensor.Value.Data.AsSpan().SequenceEqual(now[tensor.Key].Data)));
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_network_and_another_seed_another()
    {
        double First(int seed)
        {
            using var phase = new BaselinePhase(ToyBatches.Options with { Seed = seed }, CPU);
            return phase.Step(ToyBatches.Mixed(0))["loss"];
        }

        Assert.Equal(First(1), First(1));
        Assert.NotEqual(First(1), First(2));
    }

    [Fact]
    public void Labels_that_cannot_be_trained_on_are_refused_by_sample()
    {
        using var phase = new TeacherPhase(ToyBatches.Options, CPU);
        var other = ToyBatches.Make(0, [0, 1]) with { Labels = [0, 2] };
        var unknown = ToyBatches.Make(0, [0, 1]) with { Labels = [-1, 1] };
        var larger = ToyBatches.Make(0, [0, 1]) with { Shape = (8, 64, 64) };

        Assert.Contains("series-1/000.npy is labelled 'other' and has pathology", Assert.Throws<InvalidDataException>(() => phase.Step(other)).Message, StringComparison.Ordinal);
        Assert.Contains("series-0/000.npy has label -1", Assert.Throws<InvalidDataException>(() => phase.Step(unknown)).Message, StringComparison.Ordinal);
        Assert.Contains("8x64x64, but the network takes 8x33x33", Assert.Throws<InvalidDataException>(() => phase.Step(larger)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Typing_from_ct_alone_gives_what_the_student_gave()
    {
        using var student = new StudentPhase(ToyBatches.Options, _folder.Path, CPU);
        student.Step(ToyBatches.Mixed(0));
        student.Save(_folder.Path);
        var batch = ToyBatches.Mixed(3);

        foreach (var unneeded in Directory.GetFiles(_folder.Path, "*-optimizer.safetensors"))
        {
            File.Delete(unneeded);
        }

        using var typer = new CtTyper(_folder.Path, _folder.Path, CPU);

        Assert.Equal(["A", "B"], typer.Options.Types);
        Assert.Equal(student.Predict(batch), typer.Predict(batch with { Wsi = [], Labels = [-1, -1, -1, -1, -1] }));
    }

    [Fact]
    public void Files_of_other_options_or_types_are_refused_by_name()
    {
        var teacher = Path.Combine(_folder.Path, "teacher.safetensors");
        string Error(Func<object> action) => Assert.Throws<InvalidDataException>(action).Message;

        Assert.StartsWith($"{teacher} was trained on the types A, B, not on B, A", Error(() => new StudentPhase(ToyBatches.Options with { Types = ["B", "A"] }, _folder.Path, CPU)), StringComparison.Ordinal);
        Assert.Contains("belongs to other options", Error(() => new StudentPhase(ToyBatches.Options with { Width = 8 }, _folder.Path, CPU)), StringComparison.Ordinal);
        Assert.Equal($"{teacher} belongs to other options: in it window_low is -160, not -200; window_high is 240, not 300.", Error(() => new StudentPhase(ToyBatches.Options with { WindowLow = -200, WindowHigh = 300 }, _folder.Path, CPU)));
        Assert.StartsWith($"{teacher} lacks tensors", Error(() => new StudentPhase(ToyBatches.Options with { TeacherBlocks = [2, 1, 1, 1] }, _folder.Path, CPU)), StringComparison.Ordinal);
        Assert.Contains("student.safetensors is missing", Error(() => new CtTyper(_folder.Path, _folder.Path, CPU)), StringComparison.Ordinal);
        File.Copy(teacher, Path.Combine(_folder.Path, "student.safetensors"));
        Assert.Contains("student.safetensors lacks tensors", Error(() => new CtTyper(_folder.Path, _folder.Path, CPU)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("teacher", "fusion.fc.bias", float.NaN)]
    [InlineData("teacher", "radiology.bn1.running_var", -1f)]
    [InlineData("memory", "stage2", float.PositiveInfinity)]
    public void Numbers_that_no_network_can_use_are_refused_by_name(string file, string name, float value)
    {
        var path = Path.Combine(_folder.Path, file + ".safetensors");
        var content = Training.Checkpoints.Safetensors.Read(path);
        System.Runtime.InteropServices.MemoryMarshal.Write(content.Tensors[name].Data, value);
        Training.Checkpoints.Safetensors.Write(path, content.Metadata, content.Tensors);

        Assert.StartsWith($"{path}: tensor '{name}' holds numbers that no network can use", Assert.Throws<InvalidDataException>(() => new StudentPhase(ToyBatches.Options, _folder.Path, CPU)).Message, StringComparison.Ordinal);
    }

    private ITrainingPhase Make(string name) => name switch
    {
        "teacher" => new TeacherPhase(ToyBatches.Options, CPU),
        "student" => new StudentPhase(ToyBatches.Options, _folder.Path, CPU),
        "baseline" => new BaselinePhase(ToyBatches.Options, CPU),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such phase"),
    };
}
