using Akka.Configuration;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Drop;

public class SettingsTests
{
    [Fact]
    public void Missing_keys_take_their_defaults_and_given_ones_are_read()
    {
        Assert.Equal(new DropSettings(), DropSettings.From(Config.Empty));
        Assert.Equal(LedgerSettings.Default, LedgerSettings.From(Config.Empty));
        Assert.Equal(
            new DropSettings { PollInterval = TimeSpan.FromMilliseconds(250), QuietPeriod = TimeSpan.FromMinutes(2), ProbeParallelism = 7 },
            DropSettings.From(ConfigurationFactory.ParseString("poll-interval = 250ms, quiet-period = 2m, probe-parallelism = 7")));
        Assert.Equal(
            new LedgerSettings(5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(9)),
            LedgerSettings.From(ConfigurationFactory.ParseString("max-attempts = 5, retry-delay = 1s, retry-delay-max = 9s")));
    }

    [Theory]
    [InlineData("poll-interval = 0s", "poll-interval")]
    [InlineData("probe-parallelism = 0", "probe-parallelism")]
    [InlineData("probe-attempts = -1", "probe-attempts")]
    public void Senseless_values_are_named(string text, string key) =>
        Assert.Contains("mhdnet.drop." + key, Assert.Throws<ArgumentException>(() => DropSettings.From(ConfigurationFactory.ParseString(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("max-attempts = 0", "max-attempts")]
    [InlineData("retry-delay = 1h", "retry-delay")]
    public void Senseless_waits_are_named(string text, string key) =>
        Assert.Contains("mhdnet.ledger." + key, Assert.Throws<ArgumentException>(() => LedgerSettings.From(ConfigurationFactory.ParseString(text))).Message, StringComparison.Ordinal);
}
