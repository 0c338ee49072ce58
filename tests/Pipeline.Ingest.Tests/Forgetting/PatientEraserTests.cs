using System.Text;
using Akka.Actor;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Forgetting;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Tests.Ledger;

namespace MhdNet.Ingest.Tests.Forgetting;

public sealed class PatientEraserTests : ActorTest, IFileProbe
{
    private const string Patient = "QQZETAQQ";

    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    private string Work => _folder["work"];

    public ProbeResult Probe(string path) => new ProbeResult.CtSlice("", "1.2", path);

    [Fact]
    public void Nothing_of_the_patient_is_left_in_the_work_folder_and_everything_of_others_is()
    {
        using (var work = WorkFolder.Open(Work, _clock, out _))
        using (var ledger = LedgerFile.Open(work.LedgerPath))
        {
            Fill(work, ledger);
            Assert.NotEmpty(Traces());
            Assert.Equal(2, PatientEraser.Run(ledger, work.Store, Patient, _clock.GetUtcNow()).Count);
            Assert.Empty(Traces()); // while the file is open: its log is empty, too
            Assert.Equal("other", Assert.Single(ledger.Items()).Patient);
            Assert.Single(ledger.Files());
            Assert.Equal(4, ledger.Transitions(ledger.Items()[0].Id).Count);
            Assert.True(work.Store.Contains(ledger.Items()[0].Id));
        }

        Assert.Empty(Traces());
    }

    [Fact]
    public void A_start_after_a_kill_on_the_way_finishes_it_and_takes_nothing_up_again()
    {
        using (var work = WorkFolder.Open(Work, _clock, out _))
        using (var ledger = LedgerFile.Open(work.LedgerPath))
        {
            Fill(work, ledger);
            ledger.Forgotten.Add(Patient, _clock.GetUtcNow());
            StoredItem.Commit(work.Store, ItemId.OfSlide(Patient, "late"), Patient, 1); // a worker brought it, and the ledger has no row
        }

        using (var work = WorkFolder.Open(Work, _clock, out var found))
        {
            Assert.Empty(found.Adopted);
            Assert.Empty(found.Lost);
            Assert.Empty(Traces());
        }
    }

    [Fact]
    public void A_job_that_ends_afterwards_leaves_nothing()
    {
        using var work = WorkFolder.Open(Work, _clock, out _);
        var ledger = Ledger(work);
        ledger.Tell(new Observed(1, [], [], [new ItemObservation(ItemId.OfSeries(Patient, "1.2"), ItemKind.Ct, Patient, Patient, "c", new Standing.Complete())], []));
        ExpectMsg<Stored>();
        ledger.Tell(new TakeReady(1));
        var job = Assert.Single(ExpectMsg<Jobs>().Items);
        ledger.Tell(new ForgetPatient(Patient));
        ExpectMsg<PatientForgotten>();
        StoredItem.Commit(work.Store, job.Item, Patient, 1);
        ledger.Tell(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero, job.Attempt));
        Assert.Null(ExpectMsg<ItemStored>().Record);
        Assert.Empty(Traces());
    }

    [Fact]
    public void What_lies_on_in_the_drop_folder_is_told_and_not_read_until_someone_asks_for_it()
    {
        Directory.CreateDirectory(_folder[$"drop/{Patient}"]);
        File.WriteAllText(_folder[$"drop/{Patient}/a.dcm"], "1");
        using var work = WorkFolder.Open(Work, _clock, out _);
        var ledger = Ledger(work);
        Sys.EventStream.Subscribe(TestActor, typeof(IntakeStatus));
        var settings = new DropSettings { PollInterval = TimeSpan.FromHours(1) };
        var drop = Sys.ActorOf(DropFolderActor.Props(new DropNames(_folder["drop"]), settings, this, ledger, _clock));
        ExpectMsg<IntakeStatus>();
        Assert.Equal(1, LookUntil(status => status.Items.Ready == 1).Items.Ready);

        var request = ForgetRequest.Post(work.FullPath, Patient);
        Sys.ActorOf(Props.Create(() => new RequestDesk(work.FullPath, ledger, TimeSpan.FromHours(1))));
        Await(() => !File.Exists(request));
        LookUntil(status => status.Items.Rejected == 1);
        var item = Assert.Single(Items());
        Assert.Equal("forgotten", item.Reason!.Code);
        Assert.Contains("Delete it from the drop folder", item.Reason.Sentence, StringComparison.Ordinal);

        ledger.Tell(new Retry(item.Id));
        FishForMessage<ItemStored>(_ => true);
        LookUntil(status => status.Items.Ready == 1);

        ledger.Tell(new ForgetPatient(Patient));
        FishForMessage<PatientForgotten>(_ => true);
        LookUntil(status => status.Items.Rejected == 1);
        Directory.Delete(_folder[$"drop/{Patient}"], recursive: true);
        File.WriteAllText(_folder["drop/.done"], "");
        LookUntil(status => status.Items == new ItemCounts(0, 0, 0, 0, 0, 0));
        Assert.Empty(Traces());

        IntakeStatus LookUntil(Predicate<IntakeStatus> isSo)
        {
            for (var look = 0; look < 20; look++)
            {
                _clock.Advance(6);
                drop.Tell(new LookNow());
                if (FishForMessage<IntakeStatus>(_ => true) is var status && isSo(status))
                {
                    return status;
                }
            }

            throw new InvalidOperationException("it never came to that");
        }

        IReadOnlyList<ItemRecord> Items()
        {
            ledger.Tell(new GetItems());
            return FishForMessage<ItemList>(_ => true).Items;
        }
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private IActorRef Ledger(WorkFolder work) => Sys.ActorOf(LedgerActor.Props(work.LedgerPath, new DropNames(_folder["drop"]), LedgerSettings.Default, _clock, work.Store));

    private void Fill(WorkFolder work, LedgerFile ledger)
    {
        var now = _clock.GetUtcNow();
        StoredItem.Put(work, ledger, "other", "a.svs", now);
        StoredItem.Put(work, ledger, Patient, "b.svs", now);
        var refused = new ItemRecord(ItemId.OfFile(Patient, "n"), ItemKind.File, Patient, $"{Patient}/n.txt", ItemState.Seen) { UpdatedAt = now, Content = "c", Reason = new Reason("x", $"{Patient}/n.txt is none") };
        ledger.Write(
            [
                new FileRecord($"{Patient}/n.txt", 1, now, ProbeResult.NotCtOrSlide($"{Patient}/n.txt"), 1, refused.Id),
                new FileRecord($"{Patient}/u.dcm", 1, now, new ProbeResult.Unreadable(new Reason("x", "y")), 1, null),
                new FileRecord("other/n.txt", 1, now, ProbeResult.NotCtOrSlide("other/n.txt"), 1, null),
            ],
            [],
            [refused],
            []);
        var renamed = refused with { Id = ItemId.OfFile(Patient, "m") };
        ledger.Write(renamed);
        ledger.Write([], [], [], [renamed]); // its row is gone, its history is not
        var slide = ItemId.OfSlide(Patient, $"{Patient}/b.svs");
        foreach (var file in (string[])[$"tiles/{slide}.csv", $"quality/{slide}.json", $"plan/tiles/{slide}.csv", $"plan/quality/{slide}.jpg", "plan/plan.csv", "summary.csv", "summary.md", "tiles.csv"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Work, file))!);
            File.WriteAllText(Path.Combine(Work, file), $"of {Patient}");
        }
    }

    private IReadOnlyList<string> Traces() =>
    [
        .. Directory.EnumerateFileSystemEntries(Work, "*", SearchOption.AllDirectories)
            .Where(path => path.Contains(Patient, StringComparison.Ordinal) || (File.Exists(path) && Path.GetFileName(path) != ".lock" && Text(path).Contains(Patient, StringComparison.Ordinal))),
    ];

    private static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
