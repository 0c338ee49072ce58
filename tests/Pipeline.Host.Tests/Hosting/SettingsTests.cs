using MhdNet.Host.Commands;
using MhdNet.Host.Hosting;

namespace MhdNet.Host.Tests.Hosting;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Good_settings_go_before_the_defaults() =>
        Assert.Equal(3, Load("mhdnet.dispatch.workers = 3\nmhdnet { training { figures = off } }\nakka.loglevel = DEBUG").GetInt("mhdnet.dispatch.workers"));

    [Theory]
    [InlineData("mhdnet.drop.pol-interval = 1s", "mhdnet.drop.pol-interval")]
    [InlineData("mhdnet { slides { filter { min_focus = 3 } } }", "mhdnet.slides.filter.min_focus")]
    [InlineData("mhdnet.dispatch.workers = many", "many")]
    [InlineData("mhdnet.ct.frames = -4", "-4")]
    public void Settings_that_cannot_be_used_are_bad_input_and_named(string text, string named)
    {
        var error = Assert.Throws<InputException>(() => Load(text));
        Assert.Equal(ExitCode.BadInput, error.ExitCode);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["settings.hocon"], error.Message, StringComparison.Ordinal);
    }

    private Akka.Configuration.Config Load(string text)
    {
        File.WriteAllText(_folder["settings.hocon"], text);
        return Settings.Load(new FileInfo(_folder["settings.hocon"]));
    }
}
