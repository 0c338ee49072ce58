using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Tests.Slides;

public sealed class SlideResolutionTests
{
    [Fact]
    public void The_scanners_entry_comes_before_all_others() => Assert.Equal(
        new SlideResolution(0.25, 0.26, ResolutionOrigin.Scanner),
        SlideResolution.Of(new Dictionary<string, string> { ["openslide.mpp-x"] = "0.25", ["openslide.mpp-y"] = "0.26", ["tiff.XResolution"] = "20000", ["tiff.YResolution"] = "20000", ["tiff.ResolutionUnit"] = "centimeter" }, 1));

    [Theory]
    [InlineData("centimeter", "20000", 0.5)]
    [InlineData("inch", "50800", 0.5)]
    public void Tiff_tags_are_converted(string unit, string resolution, double mpp)
    {
        var found = SlideResolution.Of(new Dictionary<string, string> { ["tiff.XResolution"] = resolution, ["tiff.YResolution"] = resolution, ["tiff.ResolutionUnit"] = unit }, null);
        Assert.Equal(new SlideResolution(mpp, mpp, ResolutionOrigin.TiffTags), found);
    }

    [Fact]
    public void The_72_dpi_of_an_image_editor_are_not_believed() => Assert.Equal(
        new SlideResolution(0.25, 0.25, ResolutionOrigin.ObjectivePower),
        SlideResolution.Of(new Dictionary<string, string> { ["tiff.XResolution"] = "72", ["tiff.YResolution"] = "72", ["tiff.ResolutionUnit"] = "inch", ["openslide.objective-power"] = "40" }, null));

    [Theory]
    [InlineData("none")]
    [InlineData(null)]
    public void Without_unit_and_default_it_is_unknown(string? unit)
    {
        var properties = new Dictionary<string, string> { ["tiff.XResolution"] = "20000", ["tiff.YResolution"] = "20000", ["openslide.mpp-x"] = "0", ["openslide.mpp-y"] = "nan" };
        if (unit is not null)
        {
            properties["tiff.ResolutionUnit"] = unit;
        }

        Assert.Null(SlideResolution.Of(properties, null));
        Assert.Equal(ResolutionOrigin.Settings, SlideResolution.Of(properties, 0.25)!.Origin);
    }
}
