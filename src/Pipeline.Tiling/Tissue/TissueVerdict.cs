using System.Globalization;
using MhdNet.Ingest.Items;

namespace MhdNet.Tiling.Tissue;

/// <summary>Whether a slide is one that tissue can be taken from.</summary>
public static class TissueVerdict
{
    /// <summary>The reason why it is not, or null.</summary>
    /// <param name="mask">The slide's mask.</param>
    /// <param name="path">The slide's file, for the sentence.</param>
    /// <param name="settings">Thresholds.</param>
    /// <param name="maskFile">The outlines that the mask was drawn from; null: it was found.</param>
    public static Reason? Of(TissueMask mask, string path, TissueSettings settings, string? maskFile = null)
    {
        if (mask.DarkShare > settings.MaxDark)
        {
            return new Reason("not-brightfield", string.Create(CultureInfo.InvariantCulture, $"{path}: {mask.DarkShare:P0} of the slide is dark (at most {settings.MaxDark:P0} is usual), so it is no bright-field scan but fluorescence, or unlit. Deliver the H&E slide."));
        }

        return mask.TissueShare >= settings.MinTissue ? null
            : maskFile is not null ? new Reason("no-tissue", string.Create(CultureInfo.InvariantCulture, $"{path}: the outlines in {maskFile} cover {mask.TissueShare:P2} of the slide, less than {settings.MinTissue:P2}. They are in level-0 pixels, as QuPath exports them; draw the tissue, or take the file away to have it found."))
            : new Reason("no-tissue", string.Create(CultureInfo.InvariantCulture, $"{path}: tissue covers {mask.TissueShare:P2} of the slide, less than {settings.MinTissue:P2} (saturation above {mask.Threshold:0} of 255). Look at the slide; lower mhdnet.slides.tissue.min-threshold if the stain is faint."));
    }
}
