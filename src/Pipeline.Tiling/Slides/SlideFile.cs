namespace MhdNet.Tiling.Slides;

/// <summary>Opens slides of every kind.</summary>
public static class SlideFile
{
    /// <summary>Bytes of a slide's file, also where a link leads to it.</summary>
    /// <exception cref="SlideException">It cannot be read.</exception>
    internal static long Length(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return RandomAccess.GetLength(file);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new SlideException("unreadable-slide", $"{path} cannot be read: {e.Message} Give this user the right to read it.", e);
        }
    }

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
