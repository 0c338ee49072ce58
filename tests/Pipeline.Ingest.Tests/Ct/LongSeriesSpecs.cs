using System.Globalization;
using Akka.Streams;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>However long a series is, no more of its slices are in memory than one sequence has, and those that are decoded at the same time.</summary>
public sealed class LongSeriesSpecs : ActorTest
{
    private const int Slices = 2000, Frames = 24, Parallelism = 2;
    private readonly TemporaryFolder _work = new();

    [Fact]
    public async Task Slices_are_decoded_no_further_ahead_than_one_sequence()
    {
        var reader = new Counting(_work.Path);
        var job = new Job(ItemId.OfSeries("P1", "1.2"), ItemKind.Ct, "P1", [.. Enumerable.Range(0, Slices).Select(i => i.ToString(CultureInfo.InvariantCulture))], 1);
        var settings = new CtSettings { Size = 16, Frames = Frames, Parallelism = Parallelism };
        var outcome = await CtStream.Process(job, settings, new SequenceStore(_work.Path), reader).Run(Sys.Materializer());
        Assert.Equal(Slices / 2 / Frames, Assert.IsType<Outcome.Done>(outcome).Sequences);
        Assert.InRange(reader.FurthestAhead, Frames, Frames + (2 * Parallelism) + 1);
    }

    protected override void AfterAll()
    {
        Shutdown();
        base.AfterAll();
        _work.Dispose();
    }

    /// <summary>A series without files. At each slice it is asked for, it looks how many sequences are written by then.</summary>
    private sealed class Counting(string work) : IDicomReader
    {
        private readonly Lock _lock = new();
        private int _decoded;

        public int FurthestAhead { get; private set; }

        public Reading<SliceIdentity> ReadIdentity(string path) => throw new NotSupportedException();

        public Reading<IReadOnlyList<SliceHeader>> ReadHeaders(string path) =>
            new([Ct.Slices.At(int.Parse(path, CultureInfo.InvariantCulture), $"1.{path}") with { Path = path, Rows = 16, Columns = 16 }], null);

        public Reading<SliceImage> ReadPixels(SliceHeader header)
        {
            lock (_lock)
            {
                var written = Directory.EnumerateFiles(Path.Combine(work, "staging"), "*.npy", SearchOption.AllDirectories).Count();
                FurthestAhead = Math.Max(FurthestAhead, ++_decoded - (written * Frames));
            }

            return new(new SliceImage(new short[256], 16, 16), null);
        }
    }
}
