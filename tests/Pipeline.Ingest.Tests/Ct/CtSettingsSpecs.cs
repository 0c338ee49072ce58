using Akka.Configuration;
using MhdNet.Ingest.Ct;

namespace MhdNet.Ingest.Tests.Ct;

public class CtSettingsSpecs
{
    [Fact]
    public void Keys_override_defaults()
    {
        Assert.Equal(new CtSettings(), CtSettings.From(ConfigurationFactory.ParseString("")));
        var settings = CtSettings.From(ConfigurationFactory.ParseString("mhdnet.ct { size = 64, remainder = overlap, max-missing = 0.05 }"));
        Assert.Equal(new CtSettings { Size = 64, Remainder = RemainderPolicy.Overlap, MaxMissing = 0.05 }, settings);
    }

    [Theory]
    [InlineData("remainder = keep", "mhdnet.ct.remainder is 'keep'")]
    [InlineData("trim-inferior = 0.9", "mhdnet.ct.trim-inferior is 0.9")]
    [InlineData("size = 3", "mhdnet.ct.size is 3")]
    public void Values_that_make_no_sense_are_named(string text, string expected) => Assert.Contains(
        expected, Assert.Throws<ConfigurationException>(() => CtSettings.From(ConfigurationFactory.ParseString($"mhdnet.ct {{ {text} }}"))).Message, StringComparison.Ordinal);
}
