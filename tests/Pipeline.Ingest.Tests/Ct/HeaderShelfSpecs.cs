using Akka.Actor;
using Akka.Streams;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>The way of a file from the drop folder to the store, with the real actors: how often it is opened, and for what.</summary>
public sealed class HeaderShelfSpecs : ActorTest
{
    private const int Slices = 20;
    private static readonly CtSettings Settings = new() { Frames = 4, Size = 16, MinSlices = 6, TrimSuperior = 0.2, TrimInferior = 0.2 };

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly CountingReader _reader = new();
    private readonly HeaderShelf _shelf = new();

    public HeaderShelfSpecs()
    {
        Directory.CreateDirectory(_folder["drop/P1"]);
        for (var i = 0; i < Slices; i++)
        {
            File.WriteAllBytes(PathOf(i), DicomBytes.Slice(new ushort[16], z: i * 2.5));
        }
    }

    [Fact]
    public async Task Each_header_is_read_once_and_each_kept_slice_once_more_for_its_pixels()
    {
        var job = Deliver(_shelf);
        Assert.Equal((Slices, 0, 0), (_reader.Identities, _reader.Headers, _reader.Pixels));
        Assert.IsType<Outcome.Done>(await Run(job, _reader));
        Assert.Equal((Slices, 0, Slices * 3 / 5), (_reader.Identities, _reader.Headers, _reader.Pixels));
    }

    [Fact]
    public async Task What_is_made_of_headers_from_intake_is_what_is_made_of_headers_that_the_job_reads()
    {
        var job = Deliver(_shelf);
        await Run(job, _reader);
        var store = new SequenceStore(_folder["work"]);
        var first = store.ManifestHash(job.Item);
        await Run(job with { Headers = default }, _reader);
        Assert.Equal(Slices, _reader.Headers);
        Assert.Equal(first, store.ManifestHash(job.Item));
    }

    [Fact]
    public async Task A_file_that_changed_since_intake_is_read_again_and_one_that_is_gone_fails()
    {
        var job = Deliver(_shelf);
        File.WriteAllBytes(PathOf(7), DicomBytes.Slice(new ushort[16], z: 7 * 2.5, extra: new() { [0x0008_103E] = ("LO", "longer") }));
        Assert.IsType<Outcome.Done>(await Run(job, _reader));
        Assert.Equal(1, _reader.Headers);
        File.Delete(PathOf(0)); // trimmed away, and missed all the same
        Assert.Equal("unreadable", Assert.IsType<Outcome.Failed>(await Run(job, _reader)).Reason.Code);
    }

    [Fact]
    public async Task A_copy_cut_short_still_says_whose_it_is_and_its_job_reads_it_and_says_what_is_wrong()
    {
        using (var cut = new FileStream(PathOf(3), FileMode.Open))
        {
            cut.SetLength(cut.Length - 8);
        }

        var job = Deliver(_shelf);
        Assert.Equal(Slices, job.Files.Count);
        Assert.Equal("truncated", Assert.IsType<Outcome.Failed>(await Run(job, _reader)).Reason.Code);
        Assert.Equal(1, _reader.Headers);
    }

    [Fact]
    public async Task Without_a_shelf_or_beyond_its_bound_the_job_reads_what_is_missing()
    {
        Assert.True(Deliver(null).Headers.IsEmpty);
        var bounded = new HeaderShelf(capacity: 2000);
        var probe = new CtFileProbe(_reader, bounded);
        var files = Enumerable.Range(0, Slices).Select(PathOf).ToList();
        files.ForEach(file => probe.Probe(file));
        var job = new Job(ItemId.OfSeries("P1", "1.2.3"), ItemKind.Ct, "P1", files, 1) { Headers = bounded.Take(files) };
        Assert.IsType<Outcome.Done>(await Run(job, _reader));
        Assert.InRange(_reader.Headers, 1, Slices - 1);
        Assert.True(bounded.Take(files).IsEmpty);
    }

    [Fact]
    public void What_another_version_packed_is_not_guessed_at()
    {
        var pack = HeaderPack.Of(new DicomReader().ReadHeaders(PathOf(0)).Value!);
        Assert.NotNull(HeaderPack.Read(pack, PathOf(0)));
        pack[0]++;
        Assert.Null(HeaderPack.Read(pack, PathOf(0)));
    }

    [SkippableFact]
    public void Real_headers_of_every_kind_come_through_as_they_were_but_for_the_PatientID()
    {
        var reader = new DicomReader();
        var files = Directory.GetFiles(Repository.Shared("data/ct"), "*", SearchOption.AllDirectories);
        var known = 0;
        foreach (var file in files)
        {
            new CtFileProbe(reader, _shelf).Probe(file);
            var carried = HeaderShelf.Of(new Job(new ItemId("x"), ItemKind.Ct, "P1", [file], 1) { Headers = _shelf.Take([file]) })[0];
            if (carried is not null)
            {
                known++;
                Assert.Equivalent(reader.ReadHeaders(file).Value!.Select(header => header with { PatientId = "" }), carried, strict: true);
            }
        }

        Assert.InRange(known, files.Length - 10, files.Length); // all but those that are no images, or deflated
        Assert.Contains(files, file => file.EndsWith("Deflated.dcm", StringComparison.Ordinal));
    }

    protected override void AfterAll()
    {
        Shutdown();
        base.AfterAll();
        _folder.Dispose();
    }

    private string PathOf(int slice) => _folder[$"drop/P1/{slice:00}.dcm"];

    /// <summary>The drop folder as it is, through intake, ledger and dispatch.</summary>
    private Job Deliver(HeaderShelf? shelf)
    {
        var names = new DropNames(_folder["drop"]);
        var ledger = Sys.ActorOf(LedgerActor.Props(_folder[$"{Guid.NewGuid()}.db"], names, LedgerSettings.Default, _clock, headers: shelf));
        Sys.EventStream.Subscribe(TestActor, typeof(IntakeStatus));
        var drop = Sys.ActorOf(DropFolderActor.Props(names, new DropSettings { PollInterval = TimeSpan.FromHours(1) }, new CtFileProbe(_reader, shelf), ledger, _clock));
        ExpectMsg<IntakeStatus>();
        foreach (var seconds in (int[])[3, 6, 6])
        {
            _clock.Advance(seconds);
            drop.Tell(new LookNow());
            ExpectMsg<IntakeStatus>();
        }

        ledger.Tell(new TakeReady(1));
        return Assert.Single(ExpectMsg<Jobs>().Items);
    }

    private Task<Outcome> Run(Job job, IDicomReader reader) => CtStream.Process(job, Settings, new SequenceStore(_folder["work"]), reader).Run(Sys.Materializer());
}
