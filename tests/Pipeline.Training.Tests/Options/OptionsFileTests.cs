using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Options;

public class OptionsFileTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var options = new MhdOptions { Types = ["A", "B"], Kappa = 5, Pairing = Pairing.SamePatient, LearningRate = 0.25, MemoryItems = [4, 4, 4] };

        var read = OptionsFile.Parse(OptionsFile.Write(options), "text");

        Assert.Equal(OptionsFile.Write(options), OptionsFile.Write(read));
        Assert.Equal(Pairing.SamePatient, read.Pairing);
        Assert.Equal(["A", "B"], read.Types);
    }

    [Fact]
    public void Overrides_apply()
    {
        var options = OptionsFile.Override(new MhdOptions(), ["memory_items=64, 64,16", "types=A,B+C", "pairing=same-patient", "baseline=false", "tau=2.5", "batch=6"]);

        Assert.Equal((6, 2.5, false, Pairing.SamePatient), (options.Batch, options.Tau, options.Baseline, options.Pairing));
        Assert.Equal([64, 64, 16], options.MemoryItems);
        Assert.Equal(["A", "B+C"], options.Types);
    }

    [Fact]
    public void A_field_given_twice_is_refused() => Assert.Equal(
        "batch is given 2 times: batch=4, batch=8. Give it once.", Assert.Throws<InvalidDataException>(() => OptionsFile.Override(new MhdOptions(), "batch=4", "tau=2", "batch=8")).Message);

    [Fact]
    public void A_field_that_stands_twice_in_a_file_is_refused_with_the_file() =>
        Assert.StartsWith("x.json is not JSON", Assert.Throws<InvalidDataException>(() => OptionsFile.Parse("""{"batch":4,"batch":8}""", "x.json")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("network=7")]
    [InlineData("network=1")]
    public void A_word_is_no_number(string given) =>
        Assert.Contains("one of mhd-net, teacher", Assert.Throws<InvalidDataException>(() => OptionsFile.Override(new MhdOptions(), given)).Message, StringComparison.Ordinal);

    [Fact]
    public void In_a_file_neither() => Assert.Throws<InvalidDataException>(() => OptionsFile.Parse("""{"network":1}""", "x.json"));

    [Fact]
    public void Options_that_differ_name_their_fields() =>
        Assert.Equal(
            ["types is [\"A\"], not []", "batch is 4, not 8", "pairing is \"same-patient\", not \"same-type\""],
            OptionsFile.Differences(new MhdOptions { Batch = 4, Types = ["A"], Pairing = Pairing.SamePatient }, new MhdOptions()));

    [Theory]
    [InlineData("{\"framse\": 24}", "no option is called 'framse'")]
    [InlineData("{\"frames\": \"many\"}", "frames is \"many\", which is not a whole number")]
    [InlineData("{\"frames\": 2.5}", "frames is 2.5, which is not a whole number")]
    [InlineData("{\"types\": null}", "types is null, which is not a list of names")]
    [InlineData("{\"pairing\": \"random\"}", "one of same-type, same-patient")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{", "is not JSON")]
    public void A_bad_file_is_refused_by_name(string json, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.json"], json);

        var error = Assert.Throws<InvalidDataException>(() => OptionsFile.Read(folder["bad.json"]));

        Assert.StartsWith(folder["bad.json"], error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batch", "not of the form name=value")]
    [InlineData("batsh=4", "no option is called 'batsh'")]
    [InlineData("batch=four", "batch is \"four\", which is not a whole number")]
    [InlineData("memory_items=1,b", "which is not a list of whole numbers")]
    [InlineData("class_weights=1,x", "which is not a list of numbers")]
    [InlineData("pairing=any", "one of same-type, same-patient")]
    public void A_bad_override_is_refused_by_name(string change, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => OptionsFile.Override(new MhdOptions(), [change]));

        Assert.Contains($"'{change}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
