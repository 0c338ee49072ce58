using FsCheck.Xunit;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

public class SliceOrderSpecs
{
    [Property]
    public void The_order_does_not_depend_on_the_order_of_the_files(int[] positions, int seed)
    {
        var slices = positions.Select((p, i) => Slices.At(p % 500 * 0.625, $"1.{i}") with { AcquisitionNumber = i % 3 }).ToArray();
        var expected = SliceOrder.Sort(slices).Slices;
        var shuffled = slices.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(expected.Select(s => (s.Header.SopInstanceUid, s.ZMm)), SliceOrder.Sort(shuffled).Slices.Select(s => (s.Header.SopInstanceUid, s.ZMm)));
    }

    [Property]
    public void Positions_fall_from_head_to_feet_and_each_stands_once(short[] positions)
    {
        var stack = SliceOrder.Sort([.. positions.Select((p, i) => Slices.At(p, $"1.{i}"))]);
        Assert.Equal(positions.Distinct().OrderDescending().Select(p => (double)p), stack.Slices.Select(s => s.ZMm));
        Assert.Equal(positions.Length - positions.Distinct().Count(), stack.Duplicates);
    }

    [Fact]
    public void The_same_image_under_two_names_counts_once()
    {
        var stack = SliceOrder.Sort([Slices.At(1, "1.5"), Slices.At(1, "1.5") with { Path = "copy.dcm" }, Slices.At(2, "1.6")]);
        Assert.Equal(["1.6", "1.5"], stack.Slices.Select(s => s.Header.SopInstanceUid));
        Assert.Equal(1, stack.Duplicates);
    }

    [Fact]
    public void Of_two_phases_at_one_position_the_first_acquisition_stays()
    {
        var stack = SliceOrder.Sort([Slices.At(1, "1.1") with { AcquisitionNumber = 2 }, Slices.At(1, "1.2") with { AcquisitionNumber = 1 }]);
        Assert.Equal("1.2", Assert.Single(stack.Slices).Header.SopInstanceUid);
    }

    [Fact]
    public void Slices_that_count_rows_to_the_front_are_still_sorted_from_head_to_feet()
    {
        var flipped = new SliceOrientation(new Vector(1, 0, 0), new Vector(0, -1, 0));
        Assert.Equal([30, 20, 10.0], SliceOrder.Sort([.. new[] { 20.0, 10, 30 }.Select(z => Slices.At(z, orientation: flipped))]).Slices.Select(s => s.ZMm));
    }

    [Fact]
    public void Positions_are_measured_along_the_normal_of_tilted_slices()
    {
        var (sin, cos) = Math.SinCos(20 * Math.PI / 180);
        var tilted = new SliceOrientation(new Vector(1, 0, 0), new Vector(0, cos, sin));
        var stack = SliceOrder.Sort([.. Enumerable.Range(0, 5).Select(i => Slices.At(i * 10.0, orientation: tilted))]);
        Assert.Equal(10 * cos, stack.Spacing.Median, 1e-9);
    }

    [Fact]
    public void Gaps_are_found_in_numbers()
    {
        var spacing = SliceSpacing.Of([100, 97.5, 95, 87.5, 85, 80, 77.5]);
        Assert.Equal((2.5, 2.5, 7.5), (spacing.Median, spacing.Smallest, spacing.Largest));
        Assert.Equal((2, 3), (spacing.Gaps, spacing.Missing));
        Assert.Equal(0, SliceSpacing.Of([.. Enumerable.Range(0, 14).Select(i => i * 4.0), .. Enumerable.Range(0, 14).Select(i => 59 + (i * 7.0))]).Gaps);
        Assert.Equal((1, 24), (SliceSpacing.Of([.. Enumerable.Range(0, 60).Where(i => i is < 20 or > 43).Select(i => i * 2.5)]) is var hole ? (hole.Gaps, hole.Missing) : default));
        Assert.Equal(new SliceSpacing(0, 0, 0, 0, 0), SliceSpacing.Of([4]));
    }
}
