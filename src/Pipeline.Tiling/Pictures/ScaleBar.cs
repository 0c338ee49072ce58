using System.Globalization;
using OpenCvSharp;

namespace MhdNet.Tiling.Pictures;

/// <summary>A bar of a round length.</summary>
internal static class ScaleBar
{
    /// <summary>The longest of 1, 2, 5, 10, … µm that is at most <paramref name="longest"/> µm.</summary>
    public static double RoundLength(double longest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(longest)));
        return longest >= 5 * power ? 5 * power : longest >= 2 * power ? 2 * power : power;
    }

    /// <summary><c>200 µm</c> or <c>2 mm</c>.</summary>
    public static string Label(double um) => um < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{um:0.##} µm")
        : string.Create(CultureInfo.InvariantCulture, $"{um / 1000:0.##} mm");

    /// <summary>Draws the bar with its upper left corner at <paramref name="at"/>.</summary>
    /// <returns>Where the next thing below may begin.</returns>
    public static Point Draw(Mat picture, Point at, double mpp, int maxPixels)
    {
        var um = RoundLength(maxPixels * mpp);
        Cv2.Rectangle(picture, new Rect(at.X, at.Y, (int)Math.Round(um / mpp), 6), Marks.Ink, -1);
        PictureText.Write(picture, Label(um), new Point(at.X, at.Y + 26), 0.55);
        return new Point(at.X, at.Y + 70);
    }
}
