using System.Text.Json;
using System.Text.Json.Nodes;
using OpenCvSharp;

namespace MhdNet.Tiling.Tissue;

/// <summary>Tissue outlines as GeoJSON polygons in level-0 pixels, the form that QuPath imports and exports.</summary>
public static class MaskGeoJson
{
    /// <summary>Steps that a mask's pixel is divided into, odd: so fine are outlines drawn and found.</summary>
    private const int Steps = 3;

    /// <summary>Far beyond every mask, and what a drawing still takes no time for.</summary>
    private const double MostPixels = 1e6;

    /// <summary>Draws the polygons of a file.</summary>
    /// <param name="path">A FeatureCollection, a Feature, a list of features, or a geometry: polygons and multi-polygons, with holes; other geometries, and what QuPath classifies as <c>Ignore*</c>, are passed over.</param>
    /// <param name="size">The mask's size in pixels.</param>
    /// <param name="scaleX">Pixels of the mask per level-0 pixel, horizontally.</param>
    /// <param name="scaleY">Pixels of the mask per level-0 pixel, vertically.</param>
    /// <returns>8-bit, 255 inside; all 0 where there is no polygon; the caller disposes it.</returns>
    /// <exception cref="InvalidDataException">No GeoJSON; the message names the file.</exception>
    public static Mat Read(string path, Size size, double scaleX, double scaleY)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path)); // as text: a byte order mark is no part of JSON
            using var fine = new Mat(new Size(size.Width * Steps, size.Height * Steps), MatType.CV_8UC1, Scalar.Black);
            foreach (var rings in Geometries(document.RootElement).SelectMany(Polygons))
            {
                Fill(fine, [.. rings.Select(ring => ring.Select(point => new Point(Step(point.X * scaleX), Step(point.Y * scaleY))).ToArray())]);
            }

            // FillPoly also fills the steps that an outline runs through, which are the first of a pixel on the outline's right and lower sides: at most 5 of 9 of a pixel outside, 9 of one inside.
            var mask = new Mat();
            Cv2.Resize(fine, mask, size, interpolation: InterpolationFlags.Area);
            Cv2.Threshold(mask, mask, 255 * 6 / 9 - 1, 255, ThresholdTypes.Binary);
            return mask;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException or FormatException)
        {
            throw new InvalidDataException($"{path} is no GeoJSON: {e.Message} Export the tissue annotations from QuPath as GeoJSON, or take the file away.", e);
        }
    }

    /// <summary>Writes a mask's outlines along the edges of its pixels, one feature a piece of tissue: read again at the same scale they give the same mask.</summary>
    /// <param name="path">Where to; put into place when it is whole.</param>
    /// <param name="mask">8-bit, not 0 inside.</param>
    /// <param name="scaleX">Level-0 pixels per pixel of the mask, horizontally.</param>
    /// <param name="scaleY">Level-0 pixels per pixel of the mask, vertically.</param>
    public static void Write(string path, Mat mask, double scaleX, double scaleY)
    {
        using var fine = new Mat();
        Cv2.Resize(mask, fine, default, Steps, Steps, InterpolationFlags.Nearest);
        Cv2.FindContours(fine, out var contours, out var tree, RetrievalModes.CComp, ContourApproximationModes.ApproxSimple);
        var features = new JsonArray();
        for (var outer = 0; outer < contours.Length; outer++)
        {
            if (tree[outer].Parent >= 0)
            {
                continue;
            }

            var rings = new JsonArray(Ring(contours[outer]));
            for (var hole = tree[outer].Child; hole >= 0; hole = tree[hole].Next)
            {
                rings.Add(Ring(contours[hole]));
            }

            features.Add(new JsonObject
            {
                ["type"] = "Feature",
                ["geometry"] = new JsonObject { ["type"] = "Polygon", ["coordinates"] = rings },
                ["properties"] = new JsonObject { ["objectType"] = "annotation", ["classification"] = new JsonObject { ["name"] = "Tissue" } },
            });
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path + ".part", new JsonObject { ["type"] = "FeatureCollection", ["features"] = features }.ToJsonString());
        File.Move(path + ".part", path, overwrite: true);

        JsonArray Ring(Point[] contour) => new([.. contour.Append(contour[0]).Select(point => (JsonNode)new JsonArray(Math.Round(Edge(point.X) * scaleX, 2), Math.Round(Edge(point.Y) * scaleY, 2)))]);
    }

    /// <summary>The pixel edge beside a corner of an outline, which runs through the outermost of the three steps that a pixel is divided into.</summary>
    private static int Edge(int step) => (step + 1) / Steps;

    private static int Step(double position) => Math.Abs(position) < MostPixels ? (int)Math.Round(position * Steps) : throw new FormatException($"a point lies {position:0.##e+0} pixels away, which is on no slide.");

    /// <summary>Fills one polygon; all rings at once: by the even-odd rule the inner ones are holes.</summary>
    private static void Fill(Mat fine, Point[][] rings)
    {
        var points = rings.SelectMany(ring => ring).ToArray();
        if (points.Length == 0)
        {
            return;
        }

        var box = Cv2.BoundingRect(points).Intersect(new Rect(0, 0, fine.Width, fine.Height));
        if (box.Width > 0 && box.Height > 0)
        {
            using var one = new Mat(box.Size, MatType.CV_8UC1, Scalar.Black);
            Cv2.FillPoly(one, rings.Select(ring => ring.Select(point => point - box.TopLeft).ToArray()), Scalar.White);
            using var there = new Mat(fine, box);
            Cv2.BitwiseOr(there, one, there);
        }
    }

    private static IEnumerable<JsonElement> Geometries(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().SelectMany(Geometries)
        : element.GetProperty("type").GetString() switch
        {
            "FeatureCollection" => element.GetProperty("features").EnumerateArray().SelectMany(Geometries),
            "Feature" => element.GetProperty("geometry") is { ValueKind: not JsonValueKind.Null } geometry && !IsIgnored(element) ? Geometries(geometry) : [],
            "GeometryCollection" => element.GetProperty("geometries").EnumerateArray().SelectMany(Geometries),
            _ => [element],
        };

    /// <summary>QuPath's class <c>Ignore*</c>: a place that is not to be looked at.</summary>
    private static bool IsIgnored(JsonElement feature) => feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty("classification", out var type) && type.ValueKind == JsonValueKind.Object
        && type.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.GetString()!.StartsWith("Ignore", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(double X, double Y)[][]> Polygons(JsonElement geometry) => geometry.GetProperty("type").GetString() switch
    {
        "Polygon" => [Rings(geometry.GetProperty("coordinates"))],
        "MultiPolygon" => geometry.GetProperty("coordinates").EnumerateArray().Select(Rings),
        _ => [],
    };

    private static (double X, double Y)[][] Rings(JsonElement rings) =>
        [.. rings.EnumerateArray().Select(ring => ring.EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble())).ToArray())];
}
