using System.Globalization;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Tiles;
using MhdNet.Tiling.Tissue;
using OpenCvSharp;

namespace MhdNet.Tiling.Pictures;

/// <summary>What the colours mean, with counts.</summary>
internal static class Legend
{
    private const int Line = 28;

    public static void Draw(Mat picture, Point at, TissueMask mask, TileCounts counts, int sequences, SlideResolution resolution, bool judged, int planned)
    {
        var y = at.Y;
        Text($"{resolution} µm per pixel");
        Box(Marks.Outline, string.Create(CultureInfo.InvariantCulture, $"tissue {mask.TissueShare:P1} of the slide"));
        if (!judged)
        {
            Text("no tile was judged");
            return;
        }

        if (planned > 0)
        {
            Box(Marks.Of(TileVerdict.Planned), $"{planned} tiles planned");
            Cross(TileVerdict.Sparse, counts.Sparse, "little tissue");
            Cross(TileVerdict.Artefact, counts.Artefact, "pen or edge");
            Text($"{counts.Background} of {counts.Grid + planned} tiles without tissue");
            return;
        }

        y += Line / 2;
        Box(Marks.Used, $"{counts.Used} tiles in {sequences} {(sequences == 1 ? "sequence" : "sequences")}");
        Box(Marks.Spare, $"{counts.Kept - counts.Used} more kept, not used");
        y += Line / 2;
        Cross(TileVerdict.Sparse, counts.Sparse, "little tissue");
        Cross(TileVerdict.Artefact, counts.Artefact, "pen or edge");
        Cross(TileVerdict.White, counts.White, "too white");
        Cross(TileVerdict.Colourless, counts.Colourless, "colourless");
        Cross(TileVerdict.Blurred, counts.Blurred, "out of focus");
        Cross(TileVerdict.CellSparse, counts.CellSparse, "few nuclei");
        Cross(TileVerdict.Unreadable, counts.Unreadable, "unreadable");
        y += Line / 2;
        Text($"{counts.Background} of {counts.Grid} tiles without tissue");

        void Text(string text)
        {
            PictureText.Write(picture, text, new Point(at.X, y + 14), 0.55);
            y += Line;
        }

        void Box(Scalar colour, string text)
        {
            Cv2.Rectangle(picture, new Rect(at.X, y, 18, 18), colour, 2);
            PictureText.Write(picture, text, new Point(at.X + 30, y + 14), 0.55);
            y += Line;
        }

        void Cross(TileVerdict verdict, int count, string text)
        {
            var colour = Marks.Of(verdict);
            Cv2.Line(picture, new Point(at.X, y), new Point(at.X + 17, y + 17), colour, 1, LineTypes.AntiAlias);
            Cv2.Line(picture, new Point(at.X, y + 17), new Point(at.X + 17, y), colour, 1, LineTypes.AntiAlias);
            Box(colour, $"{count} {text}");
        }
    }
}
