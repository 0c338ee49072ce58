using MhdNet.Ingest.Sequences;
using MhdNet.Training.Batches;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Batches;

public sealed class SequenceReaderTests : IDisposable
{
    private static readonly MhdOptions Options = new() { Frames = 2, Size = 2 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Hounsfield_units_are_windowed_and_normalised()
    {
        Write<short>("ct.npy", [-1000, -160, 40, 240, 1000, 140, -60, 40], 2, 2, 2);
        Close([-1, -1, 0, 1, 1, 0.5f, -0.5f, 0], Read(new CtSequence("P", "ct.npy", 0)).Ct);
        Close([-1, -1, 1, 0, 0.5f, 1, 0, -0.5f], Read(new CtSequence("P", "ct.npy", 0), flip: true).Ct);
    }

    [Fact]
    public void Shrinking_averages_areas_and_enlarging_interpolates_between_centres()
    {
        Write<short>("large.npy", [.. Enumerable.Range(0, 32).Select(i => (short)(i % 4 < 2 ? (i / 4 % 2 * 80) : 240))], 2, 4, 4);
        Close([0, 1, 0, 1, 0, 1, 0, 1], Read(new CtSequence("P", "large.npy", 0)).Ct);
        Write<short>("small.npy", [-160, 240, -160, 240, -160, 240, -160, 240], 2, 2, 2);
        var wide = new SequenceReader(_folder.Path, Options with { Size = 4 }).Read(new PlannedSample(new CtSequence("P", "small.npy", 0))).Ct!;
        Close([-1, -0.5f, 0.5f, 1], wide[..4]);
    }

    [Fact]
    public void A_work_folder_that_is_away_says_nothing_of_a_sequence() =>
        Assert.ThrowsAny<IOException>(() => new SequenceReader(_folder["away"], Options).Read(new PlannedSample(new CtSequence("P", "ct.npy", 0))));

    [Fact]
    public void Colours_become_planes()
    {
        Write<short>("ct.npy", new short[8], 2, 2, 2);
        Write<byte>("slide.npy", [.. Enumerable.Range(0, 8).SelectMany(i => new byte[] { 255, (byte)(i % 2 * 255), 0 })], 2, 2, 2, 3);
        var sample = new PlannedSample(new CtSequence("P", "ct.npy", 0), new SlideSequence("P", "slide.npy"), FlipSlide: true);
        var wsi = new SequenceReader(_folder.Path, Options).Read(sample).Wsi;
        Close([1, 1, 1, 1, 1, 1, 1, 1, 1, -1, 1, -1, 1, -1, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1], wsi);
    }

    [Fact]
    public void What_cannot_be_read_is_a_value_that_names_the_file()
    {
        Write<short>("ct.npy", new short[8], 2, 2, 2);
        Write<short>("frames.npy", new short[12], 3, 2, 2);
        File.WriteAllBytes(_folder["cut.npy"], File.ReadAllBytes(_folder["ct.npy"])[..^3]);
        Fails("none.npy", "sequence-missing", _folder["none.npy"]);
        Fails("frames.npy", "sequence-unreadable", "[3,2,2], not [2,H,W]");
        Fails("cut.npy", "sequence-unreadable", "13 bytes of 16");

        void Fails(string file, string code, string words)
        {
            var read = Read(new CtSequence("P", file, 0));
            Assert.Null(read.Ct);
            Assert.Equal((file, code), (Assert.Single(read.Unreadable).Path, read.Unreadable[0].Reason.Code));
            Assert.Contains(words, read.Unreadable[0].Reason.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_slide_that_cannot_be_read_leaves_its_sample_without_pathology()
    {
        Directory.CreateDirectory(_folder["sequences"]);
        Write<short>("sequences/ct.npy", new short[8], 2, 2, 2);
        var reader = new SequenceReader(_folder.Path, Options);
        PlannedSample[] planned = [new(new CtSequence("P", "sequences/x.npy", 0)), new(new CtSequence("P", "sequences/ct.npy", 1), new SlideSequence("P", "none.npy"))];
        var plan = new PlannedBatch(0, 0, planned);
        var read = BatchAssembly.Of(plan, [.. planned.Select(reader.Read)], Options);
        Assert.Equal([1L], read.Batch!.Labels);
        Assert.Equal(["ct.npy"], read.Batch.Names);
        Assert.Equal([false], read.Batch.HasPathology);
        Assert.Empty(read.Batch.Wsi);
        Assert.Equal(8, read.Batch.Ct.Length);
        Assert.Equal(["sequences/x.npy", "none.npy"], read.Unreadable.Select(file => file.Path));
        Assert.Null(BatchAssembly.Of(plan, [reader.Read(planned[0])], Options).Batch);
    }

    private SampleRead Read(CtSequence ct, bool flip = false) => new SequenceReader(_folder.Path, Options).Read(new PlannedSample(ct, FlipCt: flip));

    private void Write<T>(string name, T[] data, params int[] shape)
        where T : unmanaged
    {
        using var file = File.Create(_folder[name]);
        Npy.Write<T>(file, data, shape);
    }

    private static void Close(float[] expected, float[]? actual) => Assert.Equal(expected, actual!.Select(value => MathF.Round(value, 4)));
}
