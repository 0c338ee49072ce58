using MhdNet.Tiling.Tissue;
using OpenCvSharp;

namespace MhdNet.Tiling.Tests.Tissue;

public sealed class MaskGeoJsonTests
{
    [Fact]
    public void What_was_written_is_read_again_with_its_hole()
    {
        using var folder = new TemporaryFolder();
        using var mask = new Mat(200, 300, MatType.CV_8UC1, Scalar.Black);
        Cv2.Rectangle(mask, new Rect(20, 30, 100, 120), Scalar.White, -1);
        Cv2.Rectangle(mask, new Rect(50, 60, 30, 40), Scalar.Black, -1);
        Cv2.Circle(mask, 220, 100, 40, Scalar.White, -1);
        Cv2.Line(mask, 220, 70, 240, 130, Scalar.Black, 1);
        mask.Set(0, 0, (byte)255);
        mask.Set(1, 1, (byte)255); // touching at a corner
        mask.Set(199, 299, (byte)255);
        MaskGeoJson.Write(folder["masks/a.geojson"], mask, 16, 16);
        using var again = MaskGeoJson.Read(folder["masks/a.geojson"], mask.Size(), 1 / 16.0, 1 / 16.0);
        using var difference = new Mat();
        Cv2.Absdiff(mask, again, difference);
        Assert.Equal(0, Cv2.CountNonZero(difference));
        Assert.Equal(0, again.At<byte>(80, 65));
        Assert.Equal(255, again.At<byte>(100, 220));
        Assert.Contains("\"Tissue\"", File.ReadAllText(folder["masks/a.geojson"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Multi_polygons_as_QuPath_exports_them_are_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["q.geojson"], """
            {"type":"FeatureCollection","features":[{"type":"Feature","id":"x","geometry":{"type":"MultiPolygon","coordinates":[
            [[[0,0],[80,0],[80,80],[0,80],[0,0]],[[20,20],[60,20],[60,60],[20,60],[20,20]]],[[[100,100],[180,100],[180,180],[100,180],[100,100]]]]},
            "properties":{"objectType":"annotation"}},{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{}}]}
            """);
        using var mask = MaskGeoJson.Read(folder["q.geojson"], new Size(50, 50), 0.25, 0.25);
        Assert.Equal((255, 0, 255, 0), (mask.At<byte>(2, 2), mask.At<byte>(10, 10), mask.At<byte>(35, 35), mask.At<byte>(5, 40)));
    }

    [Fact]
    public void Read_on_a_finer_grid_the_area_is_the_same()
    {
        using var folder = new TemporaryFolder();
        using var mask = new Mat(100, 100, MatType.CV_8UC1, Scalar.Black);
        Cv2.Circle(mask, 50, 50, 30, Scalar.White, -1);
        MaskGeoJson.Write(folder["a.geojson"], mask, 16, 16);
        using var fine = MaskGeoJson.Read(folder["a.geojson"], new Size(273, 273), 273 / 1600.0, 273 / 1600.0);
        Assert.Equal(Cv2.CountNonZero(mask) / 10_000.0, Cv2.CountNonZero(fine) / (273.0 * 273), 0.003);
    }

    [Fact]
    public void A_feature_without_a_place_and_one_to_be_ignored_are_passed_over_and_a_byte_order_mark_is_no_matter()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.geojson"], """
            {"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":null},
            {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[5,0],[5,5],[0,5],[0,0]]]},"properties":{"classification":{"name":"Ignore*"}}},
            {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[5,5],[9,5],[9,9],[5,9],[5,5]]]},"properties":{"classification":{"name":"Tumor"}}}]}
            """, System.Text.Encoding.UTF8);
        using var mask = MaskGeoJson.Read(folder["a.geojson"], new Size(10, 10), 1, 1);
        Assert.Equal((16, 255), (Cv2.CountNonZero(mask), mask.At<byte>(5, 5)));
    }

    [Fact]
    public void A_collection_of_nothing_is_a_slide_without_tissue()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["none.geojson"], """{"type":"FeatureCollection","features":[]}""");
        using var mask = MaskGeoJson.Read(folder["none.geojson"], new Size(10, 10), 1, 1);
        Assert.Equal(0, Cv2.CountNonZero(mask));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"features":[]}""")]
    [InlineData("""{"type":"Polygon"}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[1],[2,2],[3,3]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1e12,0],[1e12,1e12]]]}""")]
    public void What_is_no_GeoJSON_is_named(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.geojson"], text);
        Assert.Contains("bad.geojson", Assert.Throws<InvalidDataException>(() => MaskGeoJson.Read(folder["bad.geojson"], new Size(10, 10), 1, 1)).Message, StringComparison.Ordinal);
    }
}
