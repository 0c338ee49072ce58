using MhdNet.Training.Ablation;
using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Ablation;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class AblationSetsTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in AblationSets.Names)
            {
                data.Add("paper", name);
                data.Add("small", name);
                data.Add("tiny", name);
            }

            return data;
        }
    }

    private static string[] Eight { get; } = ["A", "AB", "B1", "B1+B2", "B2", "B2+B3", "B3", "TC"];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_variant_of_every_preset_can_be_trained_and_sized(string preset, string name)
    {
        var set = AblationSets.Of(name, Preset(preset));

        Assert.Equal(set.Variants.Count, set.Variants.Select(variant => variant.Name).Distinct().Count());
        Assert.All(set.Variants, variant =>
        {
            Assert.Empty(OptionsRules.Check(variant.Options));
            Assert.True(set.Size(variant with { Options = variant.Options with { Types = Eight } }) > 0);
        });
    }

    [Fact]
    public void The_papers_memory_capacities_are_those_of_its_table()
    {
        var items = AblationSets.Of("memory", Preset("paper")).Variants.Select(variant => string.Join("; ", variant.Options.MemoryItems));

        Assert.Equal(["3136; 784; 196", "784; 784; 196", "784; 196; 196"], items);
    }

    [Fact]
    public void Sizes_are_those_of_what_is_measured()
    {
        var set = AblationSets.Of("paper-table", Preset("paper"));
        long Size(string name) => set.Variants.Where(variant => variant.Name == name).Select(variant => set.Size(variant with { Options = variant.Options with { Types = Eight } })).Single();

        Assert.Equal((37_570_879, 194_100_049, 63_474_249, 63_518_153), (Size("full"), Size("teacher"), Size("radiology only"), Size("pathology only")));
        Assert.Equal(37_570_879 - 4_319_798, Size("w/o CTMM")); // no SHFM in a student that reads nothing
        Assert.Equal(2 * ((64 * 64) + (128 * 128) + (256 * 256)) + 64 + 128 + 256, Size("w/o SHFM") - Size("w/o CTMM"));
    }

    [Fact]
    public void The_papers_choice_of_weights_has_its_figures()
    {
        var chosen = AblationSets.Of("trade-off", Preset("paper")).Variants.Where(variant => variant.Paper.MAcc is not null);

        Assert.Equal(["ConMB = 0.3", "MSE = 0.1", "KL = 0.5"], chosen.Select(variant => variant.Name));
    }

    [Theory]
    [InlineData("network=teacher")]
    [InlineData("fusion=concatenation")]
    [InlineData("student_memory=false")]
    public void What_the_variants_change_cannot_be_changed_for_all(string change) =>
        Assert.Contains("what the variants themselves change", Assert.Throws<ArgumentException>(() => AblationSets.Of("memory", OptionsFile.Override(Preset("tiny"), [change]))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("receptive-field", "kappa=3", "set kappa")]
    [InlineData("memory", "memory_items=16,16,16", "set memory_items")]
    [InlineData("paper-table", "baseline=true", "set baseline")]
    public void What_the_variants_set_cannot_be_given_by_hand(string set, string given, string told) =>
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => AblationSets.Of(set, OptionsFile.Override(Preset("tiny"), [given]), given)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("trade-off", "alpha_kl=0.3")]
    [InlineData("paper-table", "kappa=3")]
    [InlineData("memory", "teacher_epochs=2")]
    public void What_all_rows_share_can_be_given_by_hand(string set, string given) =>
        Assert.NotEmpty(AblationSets.Of(set, OptionsFile.Override(Preset("tiny"), [given]), given).Variants);

    [Theory]
    [InlineData("alpha_kl=0", "'full' and 'w/o KL'")]
    [InlineData("alpha_mse=0", "'full' and 'w/o MSE'")]
    [InlineData("alpha_conmb=0", "'full' and 'w/o ConMB'")]
    public void Two_rows_that_would_be_one_run_are_refused(string given, string told) =>
        Assert.Contains(told, Assert.Throws<ArgumentException>(() => AblationSets.Of("paper-table", OptionsFile.Override(Preset("tiny"), [given]))).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_set_is_answered_with_the_known_ones() =>
        Assert.Contains("there are paper-table, receptive-field, memory, trade-off", Assert.Throws<ArgumentException>(() => AblationSets.Of("all", Preset("tiny"))).Message, StringComparison.Ordinal);

    private static MhdOptions Preset(string name) => OptionsFile.Read(Path.Combine(Repository.Root, "config", name + ".json"));
}
