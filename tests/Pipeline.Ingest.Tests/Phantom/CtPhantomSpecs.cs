using Akka.Streams;
using FsCheck.Xunit;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Tests.Ct;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Phantom;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Phantom;

public sealed class CtPhantomSpecs : ActorTest
{
    private static readonly PhantomScan Small = new(Slices: 60, Pixels: 64, SliceMm: 4, FieldMm: 380);
    private readonly TemporaryFolder _folder = new();
    private readonly DicomReader _reader = new();

    [Fact]
    public void The_same_seed_gives_the_same_bytes_also_from_many_threads()
    {
        var cases = new PhantomCase[4];
        Parallel.For(0, 4, i => cases[i] = CtPhantom.Write(_folder[$"{i}"], "P7", 1, 3, 42, scan: Small));
        Assert.All(cases, c => Assert.Equal(cases[0], c));
        var first = Directory.GetFiles(_folder["0"]).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(62, first.Count);
        for (var i = 1; i < 4; i++)
        {
            Assert.Equal(first.Select(Path.GetFileName), Directory.GetFiles(_folder[$"{i}"]).Order(StringComparer.Ordinal).Select(Path.GetFileName));
            Assert.All(first, f => Assert.Equal(File.ReadAllBytes(f), File.ReadAllBytes(Path.Combine(_folder[$"{i}"], Path.GetFileName(f)))));
        }
    }

    [Fact]
    public void Another_seed_or_patient_is_another_case()
    {
        var a = CtPhantom.Write(_folder["a"], "P1", 0, 3, 1, scan: Small);
        var b = CtPhantom.Write(_folder["b"], "P1", 0, 3, 2, scan: Small);
        var c = CtPhantom.Write(_folder["c"], "P2", 0, 3, 1, scan: Small);
        Assert.Equal(3, new[] { a, b, c }.Select(x => (x.SeriesUid, x.Lesion)).Distinct().Count());
        Assert.Empty(Directory.GetFiles(_folder["a"]).Select(Path.GetFileName).Intersect(Directory.GetFiles(_folder["b"]).Select(Path.GetFileName)));
    }

    [Fact]
    public void The_named_slices_show_the_lesion_and_the_others_do_not()
    {
        var patient = CtPhantom.Write(_folder["x"], "P1", 2, 3, 5, scan: Small);
        var other = CtPhantom.Write(_folder["y"], "P1", 2, 3, 6, scan: Small);
        var stack = Stack("x", patient.SeriesUid);
        Assert.Equal(60, stack.Slices.Count);
        Assert.Equal(4, stack.Spacing.Median, 1e-6);
        Assert.InRange(patient.TumorSlices.Last - patient.TumorSlices.First + 1, patient.Lesion.DiameterMm / 4 * 0.6, (patient.Lesion.DiameterMm / 4 * 1.5) + 2);
        var kept = Trim.Of(60, 0.2, 0.3);
        Assert.InRange(patient.TumorSlices.First, kept.First, kept.First + kept.Count - 1);
        Assert.NotEqual(patient.TumorSlices, other.TumorSlices);

        // Behind the sternum is fat, where there is no lesion.
        double Behind(int slice)
        {
            var hu = _reader.ReadPixels(stack.Slices[slice].Header).Value!.Hu;
            return Enumerable.Range(21, 2).SelectMany(row => Enumerable.Range(30, 4).Select(column => (double)hu[(row * 64) + column])).Average();
        }

        var middle = (patient.TumorSlices.First + patient.TumorSlices.Last) / 2;
        Assert.InRange(Behind(middle), patient.Lesion.DensityHu - 60, patient.Lesion.DensityHu + 150);
        Assert.InRange(Behind(patient.TumorSlices.First - 4), -150, -20);
    }

    [Fact]
    public async Task A_phantom_goes_through_the_stream_and_its_localizers_are_refused()
    {
        var patient = CtPhantom.Write(_folder["p"], "P3", 1, 3, 9, scan: Small);
        var store = new SequenceStore(_folder["work"]);
        var outcomes = new Dictionary<string, Outcome>();
        foreach (var series in Directory.GetFiles(_folder["p"]).GroupBy(f => _reader.ReadHeader(f).Value!.SeriesInstanceUid))
        {
            var job = new Job(ItemId.OfSeries("P3", series.Key), ItemKind.Ct, "P3", [.. series], 1);
            outcomes[series.Key] = await CtStream.Process(job, new CtSettings { Size = 32 }, store, _reader).Run(Sys.Materializer());
        }

        Assert.Equal(1, Assert.IsType<Outcome.Done>(outcomes[patient.SeriesUid]).Sequences);
        var localizers = Assert.Single(outcomes, o => o.Key != patient.SeriesUid).Value;
        Assert.Equal("localizer", Assert.IsType<Outcome.Rejected>(localizers).Reason.Code);
        var manifest = store.ReadManifest<CtFrame, CtSource>(ItemId.OfSeries("P3", patient.SeriesUid));
        Assert.Contains(manifest.Sequences[0].Frames, f => f.Slice >= patient.TumorSlices.First && f.Slice <= patient.TumorSlices.Last);
    }

    [SkippableFact]
    public void A_lesion_is_blended_into_a_real_series_and_nothing_else_changes_but_noise()
    {
        var background = CtBackground.Load(Repository.Shared("data/ct/thorax"), _reader);
        var patient = CtPhantom.Write(_folder["b"], "B1", 0, 3, 3, background);
        var stack = Stack("b", patient.SeriesUid);
        Assert.Equal(128, stack.Slices.Count);
        double Difference(int slice) => _reader.ReadPixels(stack.Slices[slice].Header).Value!.Hu.Zip(background.Volume.Slices[slice], (a, b) => Math.Abs(Math.Max(a, (short)-1000) - Math.Max(b, (short)-1000))).Count(d => d > 40);
        Assert.InRange(Difference(5), 0, 40);
        Assert.InRange(Difference((patient.TumorSlices.First + patient.TumorSlices.Last) / 2), 60, 4000);
    }

    [Property]
    public void Each_type_has_its_own_place_in_each_parameter(byte count)
    {
        var types = 1 + (count % 20);
        var all = CtDistribution.All(types);
        Assert.Equal(types, all.Select(d => d.DiameterMm).Distinct().Count());
        Assert.Equal(types, all.Select(d => d.Lobulation).Distinct().Count());
        Assert.Equal(types, all.Select(d => d.NecrosisShare).Distinct().Count());
        Assert.All(all, d => Assert.InRange(d.DiameterMm, 32, 58));
        Assert.All(all, d => Assert.InRange(d.CalcificationShare, 0.05, 0.6));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private SliceStack Stack(string folder, string series) => SliceOrder.Sort(
        [.. Directory.GetFiles(_folder[folder]).Select(f => _reader.ReadHeader(f).Value!).Where(h => h.SeriesInstanceUid == series)]);
}
