using FsCheck;
using FsCheck.Xunit;
using MhdNet.Ingest.Ct;
using OpenCvSharp;

namespace MhdNet.Ingest.Tests.Ct;

public class AreaAverageSpecs
{
    [Property]
    public void It_is_what_OpenCV_computes_but_for_the_rounding_of_halves(PositiveInt rows, PositiveInt columns, byte edge, int seed)
    {
        var size = 1 + (edge % 40);
        var (height, width) = (size + (rows.Get % 300), size + (columns.Get % 300));
        var random = new System.Random(seed);
        var hu = Enumerable.Range(0, height * width).Select(_ => (short)random.Next(-1024, 3072)).ToArray();
        using var source = Mat.FromPixelData(height, width, MatType.CV_16SC1, hu);
        using var target = new Mat();
        Cv2.Resize(source, target, new OpenCvSharp.Size(size, size), 0, 0, InterpolationFlags.Area);
        target.GetArray(out short[] expected);
        var frame = AreaAverage.Of(hu, height, width, size);
        Assert.All(frame.Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.All(frame.Zip(Exact(hu, height, width, size)), pair => Assert.InRange(pair.First - pair.Second, -0.51, 0.51));
    }

    /// <summary>Means over the area under each pixel, not rounded.</summary>
    private static IEnumerable<double> Exact(short[] hu, int height, int width, int size)
    {
        var (rows, columns) = (Overlaps(height, size), Overlaps(width, size));
        return from row in rows
               from column in columns
               select row.Sum(r => column.Sum(c => r.Share * c.Share * hu[(r.Index * width) + c.Index]));
    }

    /// <summary>For each of the new pixels the old ones under it, and the share of it that each covers.</summary>
    private static List<(int Index, double Share)[]> Overlaps(int length, int size)
    {
        var scale = (double)length / size;
        return [.. Enumerable.Range(0, size).Select(i => (
            from old in Enumerable.Range((int)(i * scale), Math.Min(length, (int)Math.Ceiling((i + 1) * scale)) - (int)(i * scale))
            select (old, (Math.Min(old + 1, (i + 1) * scale) - Math.Max(old, i * scale)) / scale)).ToArray())];
    }

    [Fact]
    public void The_range_of_values_is_kept()
    {
        short[] hu = [.. Enumerable.Repeat(short.MaxValue, 30 * 50)];
        Assert.All(AreaAverage.Of(hu, 30, 50, 7), value => Assert.Equal(short.MaxValue, value));
    }
}
