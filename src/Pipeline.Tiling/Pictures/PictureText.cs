using OpenCvSharp;

namespace MhdNet.Tiling.Pictures;

/// <summary>Text in a picture. OpenCV's stroke fonts need no font on the machine, but know ASCII only.</summary>
internal static class PictureText
{
    /// <summary>Writes a line; <paramref name="at"/> is the left end of its base line. A µ is drawn as a u with a tail.</summary>
    public static void Write(Mat picture, string text, Point at, double size = 0.5)
    {
        var x = at.X;
        for (var rest = text; rest.Length > 0;)
        {
            var mu = rest.IndexOf('µ', StringComparison.Ordinal);
            var part = mu < 0 ? rest : mu == 0 ? "u" : rest[..mu];
            Cv2.PutText(picture, part, new Point(x, at.Y), HersheyFonts.HersheySimplex, size, Marks.Ink, 1, LineTypes.AntiAlias);
            if (mu == 0)
            {
                var left = x + (int)Math.Round(4 * size);
                Cv2.Line(picture, new Point(left, at.Y - (int)(10 * size)), new Point(left - 1, at.Y + (int)Math.Round(8 * size)), Marks.Ink, 1, LineTypes.AntiAlias);
            }

            x += Cv2.GetTextSize(part, HersheyFonts.HersheySimplex, size, 1, out _).Width;
            rest = mu < 0 ? "" : mu == 0 ? rest[1..] : rest[mu..];
        }
    }
}
