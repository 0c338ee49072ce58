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
    public static Reason? Of(TissueMask mask, string path, TissueSettings settings)
    {
        if (mask.DarkShare > settings.MaxDark)
        {
            return new Reason("not-brightfield", string.Create(CultureInfo.InvariantCulture, $"{path}: {mask.DarkShare:P0} of the slide is dark (at most {settings.MaxDark:P0} is usual), so it is no bright-field scan but fluorescence, or unlit. Deliver the H&E slide."));
        }

        return mask.TissueShare < settings.MinTissue
            ? new Reason("no-tissue", string.Create(CultureInfo.InvariantCulture, $"{path}: tissue covers {mask.TissueShare:P2} of the slide, less than {settings.MinTissue:P2} (saturation above {mask.Threshold:0} of 255). Look at the slide; lower mhdnet.slides.tissue.min-threshold if the stain is faint."))
            : null;
    }
}
