namespace MhdNet.Tiling.Slides;

/// <summary>Opens slides of every kind.</summary>
public static class SlideFile
{
    /// <summary>Opens a slide through OpenSlide, or, where OpenSlide does not know it, as a plain TIFF.</summary>
    /// <exception cref="SlideException">Missing, no slide, unreadable, or OpenSlide is not installed.</exception>
    public static ISlideReader Open(string path)
    {
        try
        {
            return OpenSlideImage.Open(path);
        }
        catch (SlideException e) when (e.Reason.Code == "not-a-slide")
        {
            return PlainTiffImage.Open(path) ?? throw new SlideException(e.Reason.Code, e.Message, e);
        }
    }
}
