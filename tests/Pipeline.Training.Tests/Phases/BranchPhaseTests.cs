using MhdNet.Training.Phases;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Phases;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class BranchPhaseTests
{
    [Theory]
    [InlineData("radiology")]
    [InlineData("pathology")]
    public void A_branch_learns_by_itself_and_goes_on_bit_by_bit(string name)
    {
        using var folder = new TemporaryFolder();
        using var straight = new BranchPhase(ToyBatches.Options, name, CPU);
        double Step(BranchPhase phase) => phase.Step(ToyBatches.Make(1, [0, 1, 1, 0]))["loss"];
        var losses = Enumerable.Range(0, 10).Select(_ => Step(straight)).ToArray();
        Assert.True(losses[^1] < 0.6 * losses[0], string.Join(", ", losses));
        straight.Save(folder.Path);

        using var resumed = new BranchPhase(ToyBatches.Options, name, CPU);
        resumed.Load(folder.Path);

        Assert.True(File.Exists(folder[name + ".safetensors"]));
        Assert.Equal(Step(straight), Step(resumed));
    }

    [Fact]
    public void The_radiology_branch_sees_no_slide_and_the_pathology_branch_no_ct()
    {
        var batch = ToyBatches.Make(1, [0, 1]);
        float[] Other(float[] values) => [.. values.Select(value => -value)];
        using var radiology = new BranchPhase(ToyBatches.Options, "radiology", CPU);
        using var pathology = new BranchPhase(ToyBatches.Options, "pathology", CPU);

        Assert.Equal(radiology.Predict(batch), radiology.Predict(batch with { Wsi = Other(batch.Wsi) }));
        Assert.NotEqual(radiology.Predict(batch), radiology.Predict(batch with { Ct = Other(batch.Ct) }));
        Assert.Equal(pathology.Predict(batch), pathology.Predict(batch with { Ct = Other(batch.Ct) }));
        Assert.NotEqual(pathology.Predict(batch), pathology.Predict(batch with { Wsi = Other(batch.Wsi) }));
    }

    [Fact]
    public void Without_a_slide_the_pathology_branch_has_nothing_to_say()
    {
        using var phase = new BranchPhase(ToyBatches.Options, "pathology", CPU);

        Assert.Contains("series-2/000.npy", Assert.Throws<InvalidDataException>(() => phase.Predict(ToyBatches.Mixed(0))).Message, StringComparison.Ordinal);
    }
}
