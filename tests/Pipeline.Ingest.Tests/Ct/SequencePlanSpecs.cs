using FsCheck;
using FsCheck.Xunit;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

public class SequencePlanSpecs
{
    [Theory]
    [InlineData(128, 25, 65)]
    [InlineData(10, 2, 5)]
    [InlineData(30, 6, 15)]
    [InlineData(16, 3, 9)]
    [InlineData(1, 0, 1)]
    public void A_fifth_goes_at_the_head_and_three_tenths_at_the_feet(int slices, int first, int count) =>
        Assert.Equal(new Trim(first, count), Trim.Of(slices, 0.2, 0.3));

    [Property]
    public void Trimming_leaves_out_the_floor_of_each_share(PositiveInt slices)
    {
        var n = slices.Get;
        var trim = Trim.Of(n, 0.2, 0.3);
        Assert.Equal(n / 5, trim.First);
        Assert.Equal(n - (n / 5) - (3 * n / 10), trim.Count);
    }

    [Property]
    public void Windows_are_consecutive_whole_and_inside(PositiveInt count, NonNegativeInt first, bool overlap)
    {
        var kept = new Trim(first.Get, count.Get);
        var plan = SequencePlan.Of(kept, 24, overlap ? RemainderPolicy.Overlap : RemainderPolicy.Drop);
        var last = kept.First + kept.Count - 1;
        Assert.All(plan.Windows, w =>
        {
            Assert.Equal(24, w.Count);
            Assert.All(w.Skip(1).Zip(w), pair => Assert.Equal(plan.Resampled ? (kept.Count - 1) / 23.0 : 1, pair.First - pair.Second, 1e-6));
            Assert.InRange(w[0], kept.First, last);
            Assert.InRange(w[^1], kept.First, last + 1e-9);
        });
        Assert.Equal(kept.Count < 24, plan.Resampled);
        Assert.Equal(plan.Resampled ? 0 : kept.Count - plan.Windows.SelectMany(w => w).Distinct().Count(), plan.Unused);
        Assert.Equal(plan.Resampled ? 1 : overlap ? (kept.Count + 23) / 24 : kept.Count / 24, plan.Windows.Count);
    }

    [Property]
    public void Resampling_keeps_straight_lines_and_both_ends(byte slices, short start, sbyte step)
    {
        var n = 1 + (slices % 23);
        short[][] ramp = [.. Enumerable.Range(0, n).Select(i => new[] { (short)Math.Clamp(start / 2 + (i * step), short.MinValue, short.MaxValue), (short)7 })];
        short[][] frames = [.. Enumerable.Range(0, 24).Select(i => ZResample.Position(i, 24, n)).Select(p => ZResample.Between(ramp[(int)p], ramp[Math.Min((int)p + 1, n - 1)], p - (int)p))];
        Assert.Equal(ramp[0], frames[0]);
        Assert.Equal(ramp[^1], frames[^1]);
        for (var i = 0; i < 24; i++)
        {
            Assert.Equal((start / 2) + (step * i * (n - 1) / 23.0), frames[i][0], 0.501);
            Assert.Equal(7, frames[i][1]);
        }
    }

    [Fact]
    public void A_shrinking_slice_is_averaged_over_areas_a_growing_one_interpolated()
    {
        short[] hu = [-1000, 1000, 0, 100, 3, 4, -5, -6, 40, 40, 60, 60, 1, 2, 1, 4];
        Assert.Equal([2, 22, 21, 31], FrameResize.To(new SliceImage(hu, 4, 4), 2).Select(v => (int)v));
        short[] step = [0, 100, 0, 100];
        Assert.Equal([0, 25, 75, 100], FrameResize.To(new SliceImage(step, 2, 2), 4)[..4].Select(v => (int)v));
        Assert.Same(step, FrameResize.To(new SliceImage(step, 2, 2), 2));
    }

    [Property]
    public void Areas_that_end_inside_a_pixel_count_it_in_part(int seed)
    {
        var random = new Random(seed);
        var hu = Enumerable.Range(0, 7 * 10).Select(_ => (short)random.Next(-1024, 3000)).ToArray();
        var frame = FrameResize.To(new SliceImage(hu, 7, 10), 4);
        double Share(int pixel, int bin, double scale) => Math.Max(0, Math.Min(pixel + 1, (bin + 1) * scale) - Math.Max(pixel, bin * scale)) / scale;
        for (var i = 0; i < 16; i++)
        {
            var (row, column) = (i / 4, i % 4);
            var mean = Enumerable.Range(0, 70).Sum(p => hu[p] * Share(p / 10, row, 7 / 4.0) * Share(p % 10, column, 10 / 4.0));
            Assert.Equal(mean, frame[i], 0.51);
        }
    }
}
