using System.Text.Json;
using System.Text.Json.Nodes;
using OpenCvSharp;

namespace MhdNet.Tiling.Tissue;

/// <summary>Tissue outlines as GeoJSON polygons in level-0 pixels, the form that QuPath imports and exports.</summary>
public static class MaskGeoJson
{
    /// <summary>Draws the polygons of a file.</summary>
    /// <param name="path">A FeatureCollection, a Feature, a list of features, or a geometry: polygons and multi-polygons, with holes; other geometries are passed over.</param>
    /// <param name="size">The mask's size in pixels.</param>
    /// <param name="scaleX">Pixels of the mask per level-0 pixel, horizontally.</param>
    /// <param name="scaleY">Pixels of the mask per level-0 pixel, vertically.</param>
    /// <returns>8-bit, 255 inside; all 0 where there is no polygon; the caller disposes it.</returns>
    /// <exception cref="InvalidDataException">No GeoJSON; the message names the file.</exception>
    public static Mat Read(string path, Size size, double scaleX, double scaleY)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var polygons = Geometries(document.RootElement).SelectMany(Polygons).ToList();
            var mask = new Mat(size, MatType.CV_8UC1, Scalar.Black);
            foreach (var rings in polygons)
            {
                // All rings at once: by the even-odd rule the inner ones are holes.
                using var one = new Mat(size, MatType.CV_8UC1, Scalar.Black);
                Cv2.FillPoly(one, rings.Select(ring => ring.Select(point => new Point((int)Math.Round(point.X * scaleX), (int)Math.Round(point.Y * scaleY))).ToArray()), Scalar.White);
                Cv2.BitwiseOr(mask, one, mask);
            }

            return mask;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path} is no GeoJSON: {e.Message} Export the tissue annotations from QuPath as GeoJSON, or take the file away.", e);
        }
    }

    /// <summary>Writes a mask's outlines, one feature a piece of tissue.</summary>
    /// <param name="path">Where to; put into place when it is whole.</param>
    /// <param name="mask">8-bit, not 0 inside.</param>
    /// <param name="scaleX">Level-0 pixels per pixel of the mask, horizontally.</param>
    /// <param name="scaleY">Level-0 pixels per pixel of the mask, vertically.</param>
    public static void Write(string path, Mat mask, double scaleX, double scaleY)
    {
        Cv2.FindContours(mask, out var contours, out var tree, RetrievalModes.CComp, ContourApproximationModes.ApproxSimple);
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

        JsonArray Ring(Point[] contour) => new([.. contour.Append(contour[0]).Select(point => (JsonNode)new JsonArray(Math.Round((point.X + 0.5) * scaleX, 1), Math.Round((point.Y + 0.5) * scaleY, 1)))]);
    }

    private static IEnumerable<JsonElement> Geometries(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().SelectMany(Geometries)
        : element.GetProperty("type").GetString() switch
        {
            "FeatureCollection" => element.GetProperty("features").EnumerateArray().SelectMany(Geometries),
            "Feature" => Geometries(element.GetProperty("geometry")),
            "GeometryCollection" => element.GetProperty("geometries").EnumerateArray().SelectMany(Geometries),
            _ => [element],
        };

    private static IEnumerable<(double X, double Y)[][]> Polygons(JsonElement geometry) => geometry.GetProperty("type").GetString() switch
    {
        "Polygon" => [Rings(geometry.GetProperty("coordinates"))],
        "MultiPolygon" => geometry.GetProperty("coordinates").EnumerateArray().Select(Rings),
        _ => [],
    };

    private static (double X, double Y)[][] Rings(JsonElement rings) =>
        [.. rings.EnumerateArray().Select(ring => ring.EnumerateArray().Select(point => (point[0].GetDouble(), point[1].GetDouble())).ToArray())];
}
