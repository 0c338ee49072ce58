using Akka.Streams;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Stacks that are not regular: found, told in mm, and handled as the settings say.</summary>
public sealed class GeometryPolicySpecs : ActorTest
{
    private readonly TemporaryFolder _work = new();
    private readonly CtSettings _settings = new() { Size = 16, Frames = 24, TrimSuperior = 0, TrimInferior = 0 };

    [Fact]
    public async Task Missing_slices_are_interpolated_left_out_or_refused()
    {
        // Slice i holds the value 100 i; 20 and 21 of 50 are missing.
        string[] Files() => Drop(Enumerable.Range(0, 50).Where(i => i is not (20 or 21)).Select(i => (Z: -2.0 * i, Value: 100 * i)));
        var (done, manifest, frames) = await Done(Files());
        Assert.Contains("about 2 slices missing in 1 gaps of up to 6 mm (z -38 to -44 mm); they are interpolated", done.Note, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 48).Select(i => 100 * i), frames.Select(f => f[0] + 1024));
        Assert.Equal(2, manifest.Source.Interpolated);
        Assert.Equal([19, 19.3333, 19.6667, 20], manifest.Sequences[0].Frames.Skip(19).Take(4).Select(f => f.Slice));
        Assert.Equal([-38, -40, -42, -44], manifest.Sequences[0].Frames.Skip(19).Take(4).Select(f => Math.Round(f.ZMm, 3)));

        (_, _, frames) = await Done(Files(), _settings with { Missing = GeometryPolicy.Accept });
        Assert.Equal([1900, 2200], frames[19..21].Select(f => f[0] + 1024));
        var refused = await Rejected(Files(), _settings with { Missing = GeometryPolicy.Reject });
        Assert.Equal("missing-slices", refused.Code);
        Assert.Contains("z -38 to -44 mm", refused.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uneven_stacks_are_used_as_they_are_resampled_or_refused()
    {
        // Thin above, thick below: positions 0, 1, …, 20, 22, 24, …; each holds 20 times its depth.
        string[] Files() => Drop(Enumerable.Range(0, 41).Select(i => i <= 20 ? i : 20 + (2.0 * (i - 20))).Select(depth => (Z: -depth, Value: (int)(20 * depth))));
        var (done, _, frames) = await Done(Files());
        Assert.Contains("uneven distances of 1 to 2 mm, median 1 mm (changing at z -20 to -22 mm)", done.Note, StringComparison.Ordinal);
        Assert.Equal(20 * 26, frames[23][0] + 1024);
        (done, var manifest, frames) = await Done(Files(), _settings with { Uneven = GeometryPolicy.Resample });
        Assert.Contains("resampled to 61 frames every 1 mm", done.Note, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 48).Select(i => 20 * i), frames.Select(f => f[0] + 1024));
        Assert.Equal(14, manifest.Source.Interpolated);
        Assert.Equal("uneven-spacing", (await Rejected(Files(), _settings with { Uneven = GeometryPolicy.Reject })).Code);
    }

    [SkippableFact]
    public async Task A_tilted_gantry_is_told_in_mm_and_its_slices_can_be_shifted_to_right_angles()
    {
        var files = Directory.GetFiles(Repository.Shared("data/ct/tilt"));
        var settings = new CtSettings { Size = 512 };
        var (done, manifest, _) = await Done(files, settings);
        Assert.Contains("tilted by 16.5 degrees, each slice shifted by ", done.Note, StringComparison.Ordinal);
        Assert.Equal(16.5, manifest.Source.Shear.Degrees, 0.1);
        var reader = new DicomReader();
        var plan = SeriesPlan.Of([.. files.Select(f => reader.ReadHeader(f).Value!)], settings with { GantryTilt = GeometryPolicy.Resample }).Value!;
        Assert.True(plan.Source.Sheared);
        var (first, last) = (plan.ShiftOf(plan.Source.KeptFirst), plan.ShiftOf(plan.Source.KeptLast));
        var mm = Math.Abs(first.Rows - last.Rows) * plan.Source.RowSpacingMm;
        Assert.Equal(Math.Tan(16.5 * Math.PI / 180) * (plan.Stack.Slices[plan.Source.KeptFirst].ZMm - plan.Stack.Slices[plan.Source.KeptLast].ZMm), mm, 0.5);
        Assert.Equal((0, 0), plan.ShiftOf((plan.Source.KeptFirst + plan.Source.KeptLast) / 2));
        Assert.Contains("shifted to right angles", (await Done(files, settings with { GantryTilt = GeometryPolicy.Resample })).Done.Note, StringComparison.Ordinal);
        Assert.Equal("gantry-tilt", (await Rejected(files, settings with { GantryTilt = GeometryPolicy.Reject })).Code);
    }

    [Fact]
    public void A_shift_moves_by_parts_of_a_pixel_and_fills_with_air()
    {
        var moved = FrameShift.By(new SliceImage([0, 100, 200, 300], 4, 1), 0, 1.5);
        Assert.Equal([-1024, -512, 50, 150], moved.Hu.Select(v => (int)v));
    }

    [Fact]
    public async Task An_enhanced_file_becomes_sequences_like_any_series_and_memory_holds_one_frame()
    {
        using var drop = new TemporaryFolder();
        File.WriteAllBytes(drop["e.dcm"], EnhancedCt.File(30, f => 3.0 * f));
        var (_, manifest, frames) = await Done([drop["e.dcm"]], _settings with { Size = EnhancedCt.Edge, TrimInferior = 0.2 });
        Assert.Equal((1, 30, 0, 23, "1.2.77.1#30"), (manifest.Source.Files, manifest.Source.Slices, manifest.Source.KeptFirst, manifest.Source.KeptLast, manifest.Source.SliceUids[0]));
        Assert.Equal(EnhancedCt.Hu(29).Select(v => Math.Max(v, (short)-1024)), frames[0]);
        Assert.Equal(EnhancedCt.Hu(6).Select(v => Math.Max(v, (short)-1024)), frames[23]);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _work.Dispose();
    }

    private string[] Drop(IEnumerable<(double Z, int Value)> slices)
    {
        var folder = Directory.CreateDirectory(_work[Guid.NewGuid().ToString("N")]).FullName;
        return [.. slices.Select(slice =>
        {
            var path = Path.Combine(folder, $"{Guid.NewGuid():N}.dcm");
            Dictionary<uint, (string, object)> wide = new() { [0x0028_0101] = ("US", 16), [0x0028_0102] = ("US", 15) };
            File.WriteAllBytes(path, DicomBytes.Slice([.. Enumerable.Repeat((ushort)slice.Value, 16)], slice.Z, wide));
            return path;
        })];
    }

    private async Task<(Outcome.Done Done, Manifest<CtFrame, CtSource> Manifest, short[][] Frames)> Done(string[] files, CtSettings? settings = null)
    {
        var (outcome, item) = await Run(files, settings);
        var done = Assert.IsType<Outcome.Done>(outcome);
        var store = new SequenceStore(_work.Path);
        var manifest = store.ReadManifest<CtFrame, CtSource>(item);
        var frames = manifest.Sequences.SelectMany(sequence =>
        {
            using var file = File.OpenRead(Path.Combine(store.Folder(item), sequence.File));
            var array = Npy.Read<short>(file);
            return array.Data.Chunk(array.Shape[1] * array.Shape[2]).ToArray();
        }).ToArray();
        return (done, manifest, frames);
    }

    private async Task<Reason> Rejected(string[] files, CtSettings settings) => Assert.IsType<Outcome.Rejected>((await Run(files, settings)).Outcome).Reason;

    private async Task<(Outcome Outcome, ItemId Item)> Run(string[] files, CtSettings? settings)
    {
        var job = new Job(ItemId.OfSeries("P1", files[0]), ItemKind.Ct, "P1", files, 1);
        return (await CtStream.Process(job, settings ?? _settings, new SequenceStore(_work.Path), new DicomReader()).Run(Sys.Materializer()), job.Item);
    }
}
