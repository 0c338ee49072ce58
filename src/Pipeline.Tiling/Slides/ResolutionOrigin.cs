namespace MhdNet.Tiling.Slides;

/// <summary>Where a slide's resolution was taken from.</summary>
public enum ResolutionOrigin
{
    /// <summary>The scanner's own entry (<c>openslide.mpp-x</c>, <c>openslide.mpp-y</c>).</summary>
    Scanner,

    /// <summary>The resolution tags of the TIFF file.</summary>
    TiffTags,

    /// <summary>Estimated from the objective's power: 10 µm divided by the power, as 20x is about 0.5 µm.</summary>
    ObjectivePower,

    /// <summary>Given for this one slide by whoever asked for its tiling.</summary>
    Given,

    /// <summary>The settings' default, because the file says nothing.</summary>
    Settings,
}
