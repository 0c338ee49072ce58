using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Conformance;
using MhdNet.Training.Tests.Phases;
using TorchSharp;

namespace MhdNet.Training.Tests.Conformance;

[Collection("torch")] // one at a time: its generator and its threads are shared
public sealed class FixtureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_any_pathology_only_the_radiology_branch_learns_and_the_memory_stays(bool remembers)
    {
        SmallFixture.Write(_folder.Path, [2, 2, 0], [false, false, false], fill: memory =>
        {
            foreach (var bank in memory.Banks.Where(_ => remembers))
            {
                bank.Items.fill_(0.5);
                bank.Seen[1] = true;
            }
        });

        var computed = Run().Computed;

        Assert.All(["ce_P", "ce_F", "conmb", "mse", "kl"], loss => Assert.Equal(0, Number(computed[$"loss.{loss}"])));
        Assert.Equal(Number(computed["loss.ce_R"]), Number(computed["loss.teacher"]));
        Assert.Equal(Number(computed["loss.ce_S"]), Number(computed["loss.student"]));
        Assert.Equal([0, 4, 4, 9, 9], computed["teacher.F1"].Shape);
        Assert.Equal([0, 8, 2, 5, 5], computed["conmb_grad.P2"].Shape);
        Assert.Equal([0, 3], computed["teacher.zP"].Shape);
        Assert.Equal(remembers ? 0.5f : 0, MemoryMarshal.Cast<byte, float>(computed["memory_after.stage1"].Data)[^1]);
        Assert.Equal(!remembers, MemoryMarshal.Cast<byte, float>(computed["student.mem1"].Data).ToArray().All(value => value == 0));
        Assert.All(
            computed.Where(t => t.Key.StartsWith("gradnorm.teacher.", StringComparison.Ordinal)),
            norm => Assert.Equal(norm.Key.Contains(".radiology.", StringComparison.Ordinal), Number(norm.Value) > 0));
        Assert.All(computed.Where(t => t.Key.StartsWith("gradnorm.student.align", StringComparison.Ordinal)), norm => Assert.Equal(0, Number(norm.Value)));
        Assert.All(computed.Where(t => t.Key.StartsWith("running.teacher.fusion", StringComparison.Ordinal) && t.Key.EndsWith("mean", StringComparison.Ordinal)), mean => Assert.True(mean.Value.Data.All(b => b == 0)));
    }

    [Fact]
    public void A_number_that_is_off_is_beyond_its_tolerance_and_no_other()
    {
        SmallFixture.Write(_folder.Path, [0, 1, 2], [true, true, false]);
        var expected = new Dictionary<string, StoredTensor>(Run().Computed);
        expected["loss.ce_F"] = Scaled(expected["loss.ce_F"], 1.001f);
        expected["teacher.F2"] = Scaled(expected["teacher.F2"], 1.0001f);
        SmallFixture.Expect(_folder.Path, expected);

        var beyond = Run().Compare().Where(verdict => !verdict.Passed).Select(verdict => verdict.Name);

        Assert.Equal(["loss.ce_F"], beyond);
    }

    [Fact]
    public void What_a_bank_holds_of_a_type_never_seen_is_not_judged()
    {
        SmallFixture.Write(_folder.Path, [0, 0], [true, true], fill: memory => memory.Banks[0].Items.fill_(float.NaN));
        var expected = new Dictionary<string, StoredTensor>(Run().Computed);
        SmallFixture.Expect(_folder.Path, expected);
        Assert.All(Run().Compare(), verdict => Assert.True(verdict.Passed, verdict.Name));

        expected["memory_after.stage1"] = Scaled(expected["memory_after.stage1"], 2);
        SmallFixture.Expect(_folder.Path, expected);

        Assert.Equal(["memory_after.stage1"], Run().Compare().Where(verdict => !verdict.Passed).Select(verdict => verdict.Name));
    }

    [Fact]
    public void A_single_voxel_in_stage_4_and_a_single_type_are_a_step_though_no_run()
    {
        var options = ToyBatches.Options with { Size = 32, Types = ["only"] };
        SmallFixture.Write(_folder.Path, [0, 0, 1], [true, true, false], options);

        Assert.True(float.IsFinite(Number(Run().Computed["loss.student"])));
        Assert.Equal(2, Training.Options.OptionsRules.Check(options).Count);
    }

    [Fact]
    public void A_folder_without_what_the_step_should_give_has_nothing_to_compare()
    {
        SmallFixture.Write(_folder.Path, [0, 1], [true, true]);

        var step = Run();

        Assert.False(step.HasExpected);
        Assert.Throws<InvalidDataException>(step.Compare);
    }

    [Theory]
    [InlineData("options.json", "no options.json")]
    [InlineData("batch.safetensors", "batch.safetensors is missing")]
    [InlineData("teacher.safetensors", "teacher.safetensors is missing")]
    [InlineData("memory.safetensors", "memory.safetensors is missing")]
    public void A_missing_file_is_named(string file, string sentence)
    {
        SmallFixture.Write(_folder.Path, [0, 1], [true, true]);
        File.Delete(_folder[file]);

        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(Run).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 0, 2 }, "sample 1 is labelled 'other' and has pathology")]
    [InlineData(new long[] { 3, 0 }, "sample 0 has label 3")]
    [InlineData(new long[] { }, "the batch has no samples")]
    public void A_batch_that_contradicts_itself_is_refused(long[] labels, string sentence)
    {
        SmallFixture.Write(_folder.Path, labels, [.. labels.Select(_ => true)]);

        Assert.Contains(sentence, Assert.Throws<InvalidDataException>(Run).Message, StringComparison.Ordinal);
    }

    private FixtureStep Run() => FixtureStep.Run(_folder.Path, torch.CPU);

    private static float Number(StoredTensor scalar) => MemoryMarshal.Read<float>(scalar.Data);

    private static StoredTensor Scaled(StoredTensor tensor, float factor) =>
        tensor with { Data = MemoryMarshal.AsBytes<float>(MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray().Select(value => value * factor).ToArray()).ToArray() };
}
