using Akka.Streams;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ct;

public sealed class CtStreamSpecs : ActorTest
{
    private readonly TemporaryFolder _work = new();
    private readonly CtSettings _settings = new() { Size = 96 };

    [SkippableFact]
    public async Task A_chest_CT_becomes_two_sequences()
    {
        var (outcome, item) = await Run(FilesOf("thorax"));
        Assert.Equal(2, Assert.IsType<Outcome.Done>(outcome).Sequences);
        var store = new SequenceStore(_work.Path);
        var manifest = store.ReadManifest<CtFrame, CtSource>(item);
        Assert.Equal((128, 25, 89, 17), (manifest.Source.Slices, manifest.Source.KeptFirst, manifest.Source.KeptLast, manifest.Source.Unused));
        Assert.Equal(2.5, manifest.Source.Spacing.Median);
        Assert.Equal(Enumerable.Range(25, 48).Select(i => (double)i), manifest.Sequences.SelectMany(s => s.Frames).Select(f => f.Slice));
        Assert.All(manifest.Sequences[0].Frames.Zip(manifest.Sequences[0].Frames.Skip(1)), pair => Assert.Equal(-2.5, pair.Second.ZMm - pair.First.ZMm, 1e-6));
        Assert.True(new FileInfo(store.Picture(item)).Length > 10_000);

        using var file = File.OpenRead(Path.Combine(store.Folder(item), manifest.Sequences[1].File));
        var sequence = Npy.Read<short>(file);
        Assert.Equal([24, 96, 96], sequence.Shape);
        var reader = new DicomReader();
        var slice = FilesOf("thorax").Select(f => reader.ReadHeader(f).Value!).Single(h => Math.Abs(h.Position!.Value.Z - manifest.Sequences[1].Frames[3].ZMm) < 1e-6);
        Assert.Equal(FrameResize.To(reader.ReadPixels(slice).Value!, 96), sequence.Data[(3 * 96 * 96)..(4 * 96 * 96)]);
    }

    [SkippableFact]
    public async Task Only_slices_that_survive_the_trimming_are_decoded()
    {
        var reader = new CountingReader();
        await Run(FilesOf("thorax"), reader: reader);
        Assert.Equal((128, 48), (reader.Headers, reader.Pixels));
    }

    [SkippableFact]
    public async Task The_result_does_not_depend_on_the_order_of_the_files()
    {
        var files = FilesOf("tilt");
        var (_, first) = await Run(files);
        var (_, second) = await Run([.. files.Reverse()], "other");
        var store = new SequenceStore(_work.Path);
        Assert.Equal(File.ReadAllBytes(Path.Combine(store.Folder(first), "000.npy")), File.ReadAllBytes(Path.Combine(store.Folder(second), "000.npy")));
    }

    [SkippableFact]
    public async Task Overlap_uses_the_rest_and_a_short_series_is_resampled()
    {
        var (outcome, item) = await Run(FilesOf("thorax"), settings: _settings with { Remainder = RemainderPolicy.Overlap });
        Assert.Equal(3, Assert.IsType<Outcome.Done>(outcome).Sequences);
        Assert.Equal(89, new SequenceStore(_work.Path).ReadManifest<CtFrame, CtSource>(item).Sequences[2].Frames[^1].Slice);

        var (head, headItem) = await Run(FilesOf("head-tilt-gaps"), "head");
        Assert.True(head is Outcome.Done, head.ToString());
        Assert.Contains("resampled along z to 24 frames", Assert.IsType<Outcome.Done>(head).Note, StringComparison.Ordinal);
        var manifest = new SequenceStore(_work.Path).ReadManifest<CtFrame, CtSource>(headItem);
        Assert.True(manifest.Source.Resampled);
        Assert.Equal((5.0, 19.0), (manifest.Sequences[0].Frames[0].Slice, manifest.Sequences[0].Frames[^1].Slice));
        Assert.Equal(18.5, manifest.Source.TiltDegrees, 0.01);
    }

    [SkippableFact]
    public async Task A_mixed_study_gives_one_reason_a_series()
    {
        var reader = new DicomReader();
        var series = FilesOf("mixed-study").GroupBy(f => reader.ReadHeader(f).Value!.SeriesInstanceUid).ToList();
        var outcomes = new List<string>();
        foreach (var files in series)
        {
            outcomes.Add((await Run([.. files], files.Key)).Outcome switch { Outcome.Rejected r => r.Reason.Code, Outcome.Done d => $"done {d.Sequences}", var o => o.ToString() });
        }

        Assert.Equal(["done 1", "localizer", "secondary-capture"], outcomes.Order());
        Assert.Equal("too-few-slices", Assert.IsType<Outcome.Rejected>((await Run(FilesOf("short-series"))).Outcome).Reason.Code);
        Assert.Equal("derived", Assert.IsType<Outcome.Rejected>((await Run(FilesOf("enhanced"))).Outcome).Reason.Code); // a perfusion map
    }

    [SkippableFact]
    public async Task A_slice_cut_short_fails_the_series_by_its_name_and_leaves_nothing()
    {
        using var drop = new TemporaryFolder();
        foreach (var file in FilesOf("thorax"))
        {
            File.Copy(file, drop[Path.GetFileName(file)]);
        }

        using (var cut = new FileStream(drop["0060.dcm"], FileMode.Open))
        {
            cut.SetLength(cut.Length / 2);
        }

        var (outcome, item) = await Run(Directory.GetFiles(drop.Path));
        var reason = Assert.IsType<Outcome.Failed>(outcome).Reason;
        Assert.Equal("truncated", reason.Code);
        Assert.Contains("0060.dcm", reason.Sentence, StringComparison.Ordinal);
        Assert.False(new SequenceStore(_work.Path).Contains(item));
    }

    [SkippableFact]
    public async Task A_slice_that_breaks_between_header_and_pixels_fails_the_series_and_nothing_stays_staged()
    {
        var (outcome, _) = await Run(FilesOf("thorax"), reader: new CountingReader { FailAt = 30 });
        Assert.Equal("undecodable", Assert.IsType<Outcome.Failed>(outcome).Reason.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_work["staging"]));
        (outcome, _) = await Run(FilesOf("thorax"), reader: new CountingReader { ThrowAt = 30 });
        Assert.Contains("lost", Assert.IsType<Outcome.Failed>(outcome).Reason.Sentence, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_work["staging"]));
    }

    [Fact]
    public async Task A_missing_decoder_is_worth_another_attempt_and_a_fault_of_ours_says_so()
    {
        using var drop = new TemporaryFolder();
        File.WriteAllBytes(drop["a.dcm"], DicomBytes.Slice(new ushort[16]));
        var settings = _settings with { MinSlices = 1, TrimSuperior = 0, TrimInferior = 0 };
        async Task<Reason> Failed(CountingReader reader) => Assert.IsType<Outcome.Failed>((await Run([drop["a.dcm"]], settings: settings, reader: reader)).Outcome).Reason;
        Assert.Equal("no-decoder", (await Failed(new CountingReader { ThrowAt = 1, Thrown = new DllNotFoundException("libgdcm is gone") })).Code);
        var unexpected = await Failed(new CountingReader { ThrowAtHeader = true });
        Assert.Equal("unexpected", unexpected.Code);
        Assert.Contains("1 files from " + drop["a.dcm"], unexpected.Sentence, StringComparison.Ordinal);
    }

    protected override void AfterAll()
    {
        Shutdown(); // nothing writes into the folder once the actors have ended
        base.AfterAll();
        _work.Dispose();
    }

    private static string[] FilesOf(string folder) => Directory.GetFiles(Repository.Shared("data/ct/" + folder));

    private async Task<(Outcome Outcome, ItemId Item)> Run(IReadOnlyList<string> files, string series = "1.2.3", CtSettings? settings = null, IDicomReader? reader = null)
    {
        var job = new Job(ItemId.OfSeries("P1", series), ItemKind.Ct, "P1", files, 1);
        var graph = CtStream.Process(job, settings ?? _settings, new SequenceStore(_work.Path), reader ?? new DicomReader());
        return (await graph.Run(Sys.Materializer()), job.Item);
    }
}
