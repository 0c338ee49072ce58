using Akka.Actor;
using Akka.TestKit;
using MhdNet.Host.Commands;
using MhdNet.Host.Runs;
using MhdNet.Host.Status;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Tests.Runs;

/// <summary>The director on a real work folder; ledger and trainer are probes.</summary>
public sealed class RunDirectorTests : ActorTest
{
    private readonly TemporaryFolder _work = new();
    private readonly ManualClock _clock = new();
    private readonly TestProbe _ledger, _trainer, _events;
    private readonly TaskCompletionSource<Decision.End> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunDirectorTests()
    {
        (_ledger, _trainer, _events) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Sys.EventStream.Subscribe(_events, typeof(RunReported));
        Sys.EventStream.Subscribe(_events, typeof(HostNote));
    }

    [Fact]
    public void Goes_on_with_a_run_that_was_killed()
    {
        var run = NewRun();
        Direct(_ => { });
        Assert.Equal(run.Name, _trainer.ExpectMsg<StartTraining>().Run.Name);
    }

    [Fact]
    public void A_part_of_the_host_that_fails_is_in_the_note_until_it_works_again_also_while_a_run_trains()
    {
        NewRun();
        Direct(_ => { });
        _trainer.ExpectMsg<StartTraining>();
        Sys.EventStream.Publish(new PartState("workers", "they end before they are ready"));
        var note = Event<HostNote>(each => each.Degraded.Count > 0);
        Assert.Equal((Activity.Training, "workers: they end before they are ready"), (note.Activity, Assert.Single(note.Degraded)));
        Sys.EventStream.Publish(new PartState("workers", null));
        Event<HostNote>(each => each.Degraded.Count == 0);
    }

    [Fact]
    public void Reports_a_run_whose_host_was_killed_between_training_and_report()
    {
        var run = TrainedRun();
        Direct(each => File.WriteAllText(each["report.html"], "page"));
        Assert.Equal(run["report.html"], Event<RunReported>().Report);
        Assert.Equal(("done", true), (_ledger.ExpectMsg<RunChanged>().Run.State, File.Exists(run["report.html"])));
        Assert.Equal(Activity.Finished, Event<HostNote>(note => note.Activity != Activity.Typing).Activity);
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_told_and_written_when_it_can_be()
    {
        TrainedRun();
        var tries = 0;
        Direct(run =>
        {
            if (++tries == 1)
            {
                throw new IOException("no space left");
            }

            File.WriteAllText(run["report.html"], "page");
        });
        Assert.Contains("no space left", Event<HostNote>().Doing, StringComparison.Ordinal);
        _clock.Advance(2);
        Event<RunReported>();
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_host_that_runs_once_gives_up_after_the_third_failure_with_the_cause()
    {
        TrainedRun();
        Direct(_ => throw new IOException("no space left"), once: true);
        for (var failure = 1; failure < Setback.GivenUpAfter; failure++)
        {
            Event<HostNote>(note => note.Doing.Contains("no space left", StringComparison.Ordinal));
            _clock.Advance(600);
        }

        var end = await _ended.Task.WaitAsync(Patience.Standstill);
        Assert.Equal(ExitCode.Failed, end.ExitCode);
        Assert.Contains("no space left", end.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_what_the_ledger_could_not_take_the_latest_word_is_said_again_and_no_older_one()
    {
        var run = NewRun();
        Direct(_ => { });
        _trainer.ExpectMsg<StartTraining>();
        Sys.EventStream.Publish(new TrainerRestarted(run.Name, 1, "No space left on device", TimeSpan.Zero));
        var older = _ledger.ExpectMsg<RunChanged>();
        Sys.EventStream.Publish(new TrainingFinished(run.Name, run.Path, new RunOutcome(RunEnd.Failed, new Ingest.Items.Reason("trainer-failed", "why"), _clock.GetUtcNow())));
        var latest = _ledger.ExpectMsg<RunChanged>();
        foreach (var change in (RunChanged[])[latest, older])
        {
            _ledger.Reply(new LedgerFailed(change, new Ingest.Items.Reason("ledger-write", "disk full")));
        }

        Assert.Equal("failed", _ledger.ExpectMsg<RunChanged>().Run.State);
        _ledger.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_host_that_runs_once_waits_for_a_work_folder_that_is_away()
    {
        TrainedRun();
        var (away, tries) = (_work.Path + ".away", 0);
        Direct(
            run =>
            {
                if (++tries == 1)
                {
                    Directory.Move(_work.Path, away);
                    throw new IOException("Transport endpoint is not connected");
                }

                File.WriteAllText(run["report.html"], "page");
            },
            once: true);
        for (var failure = 1; failure <= 2 * Setback.GivenUpAfter; failure++)
        {
            Event<HostNote>(note => note.Doing.Contains("tried again", StringComparison.Ordinal));
            _clock.Advance(600);
        }

        Assert.False(_ended.Task.IsCompleted);
        Directory.Move(away, _work.Path);
        _clock.Advance(600);
        Event<RunReported>();
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_ends_a_host_that_runs_once_and_is_named()
    {
        var run = TrainedRun();
        await File.WriteAllTextAsync(run["outcome.json"], "{ cut sh");
        Direct(_ => { }, once: true);
        for (var failure = 1; failure < Setback.GivenUpAfter; failure++)
        {
            Event<HostNote>(note => note.Doing.Contains("outcome.json", StringComparison.Ordinal));
            _clock.Advance(600);
        }

        var end = await _ended.Task.WaitAsync(Patience.Standstill);
        Assert.Equal(ExitCode.Failed, end.ExitCode);
        Assert.Contains(run["outcome.json"], end.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_cannot_write_what_it_does_goes_on_all_the_same()
    {
        Directory.CreateDirectory(_work["host.json.new"]); // so that the note cannot be written
        var run = NewRun();
        Direct(_ => { });
        Assert.Equal(run.Name, _trainer.ExpectMsg<StartTraining>().Run.Name);
        Assert.Equal($"training {run.Name}", Event<HostNote>(note => note.Activity == Activity.Training).Doing); // who follows it hears it all the same
        _trainer.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.Single(Directory.GetDirectories(_work["runs"]));
    }

    [Fact]
    public void Stopping_stops_the_trainer_first_and_says_so_afterwards()
    {
        var run = NewRun();
        var director = Direct(_ => { });
        _trainer.ExpectMsg<StartTraining>();
        director.Tell(new StopDirector(), TestActor);
        _trainer.ExpectMsg<StopTraining>();
        ExpectNoMsg(TimeSpan.Zero);
        Sys.EventStream.Publish(new TrainingFinished(run.Name, run.Path, new RunOutcome(RunEnd.Stopped, null, _clock.GetUtcNow())));
        ExpectMsg<DirectorStopped>();
        Assert.Equal("stopped", _ledger.FishForMessage<RunChanged>(_ => true).Run.State);
    }

    protected override void AfterAll()
    {
        Shutdown(); // the director writes into the folder until it has ended
        base.AfterAll();
        _work.Dispose();
    }

    private RunFolder NewRun() => RunFolder.Create(_work.Path, "tiny", new MhdOptions(), new Cohort(["A", "B"], []), _clock);

    private RunFolder TrainedRun()
    {
        var run = NewRun();
        DurableFile.WriteJson(run["result.json"], new RunResult(run.Name, "test", ["A", "B"], new Dictionary<string, int>(), [], []));
        run.End(new RunOutcome(RunEnd.Completed, null, _clock.GetUtcNow()));
        return run;
    }

    private T Event<T>(Predicate<T>? which = null) => _events.FishForMessage<T>(which ?? (_ => true));

    private IActorRef Direct(Action<RunFolder> report, bool once = false)
    {
        // Each test begins with a run, so that of these labels nothing is trained.
        File.WriteAllText(_work["labels.csv"], "patient_id,type,split,tumor_slices\nP1,A,train,\nP2,A,train,\nP3,B,train,\nP4,B,train,\n");
        var context = new RunDirectorContext
        {
            Store = new SequenceStore(_work.Path),
            LabelsFile = _work["labels.csv"],
            Preset = "tiny",
            Options = new MhdOptions(),
            Once = once,
            WatchesFolder = false,
            MinimumPatients = 0,
            Settings = new RunDirectorSettings(TimeSpan.FromMilliseconds(20), TimeSpan.Zero),
            Ledger = _ledger,
            Trainer = _trainer,
            Time = _clock,
            Type = (_, _) => { },
            WriteReport = report,
            Ended = end => _ended.TrySetResult(end),
        };
        return Sys.ActorOf(Props.Create(() => new RunDirector(context)));
    }
}
