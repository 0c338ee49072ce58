using Akka.Configuration;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Tests.Slides;

public sealed class SlideSettingsTests
{
    [Fact]
    public void An_empty_section_gives_the_defaults() => Assert.Equal(new SlideSettings(), SlideSettings.From(Config.Empty));

    [Fact]
    public void Values_are_read()
    {
        var settings = SlideSettings.From(ConfigurationFactory.ParseString("default-mpp = 0.25\nremainder = overlap\ntissue.mpp = 16\nfilter.min-nuclear = 0\nfilter.use = \"focus, cells\""));
        Assert.Equal(0.25, settings.DefaultMpp);
        Assert.Equal(RemainderPolicy.Overlap, settings.Remainder);
        Assert.Equal(16, settings.Tissue.Mpp);
        Assert.Equal(0, settings.Filter.MinNuclear);
        Assert.Equal(TileFilters.Focus | TileFilters.Cells, settings.Filter.Use);
    }

    [Theory]
    [InlineData("remainder = keep", "remainder")]
    [InlineData("target-mpp = 0", "target-mpp")]
    [InlineData("readers = -1", "readers")]
    [InlineData("filter.use = \"focus, blur\"", "blur")]
    [InlineData("max-sequences = -1", "max-sequences")]
    public void Nonsense_is_named(string text, string name) =>
        Assert.Contains(name, Assert.Throws<ConfigurationException>(() => SlideSettings.From(ConfigurationFactory.ParseString(text))).Message, StringComparison.Ordinal);
}
