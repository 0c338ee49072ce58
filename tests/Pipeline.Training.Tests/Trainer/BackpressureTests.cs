using Akka.Actor;
using MhdNet.Training.Batches;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

public sealed class BackpressureTests : TrainerSpec
{
    [Fact]
    public void A_trainer_that_holds_its_batch_holds_the_reading_of_files()
    {
        // 40 training sequences in 20 batches; four batches ahead are 8 samples beside the 2 in the trainer's hands.
        var options = Options with { TeacherEpochs = 1, StudentEpochs = 0, Baseline = false };
        var run = NewRun(options);
        var cohort = run.Cohort;
        var many = cohort with { Patients = [.. cohort.Patients.Select(patient => patient with { Ct = [.. Enumerable.Repeat(patient.Ct, 5).SelectMany(ct => ct)] })] };
        run = MhdNet.Training.Results.RunFolder.Create(Work.Path, "many", options, many, TimeProvider.System);
        using var gate = new SemaphoreSlim(0);
        Factory.BeforeStep = (_, _) => gate.Wait();
        var reads = CreateTestProbe();
        Owner((folder, o) => new TellingReader(new SequenceReader(folder.WorkFolder, o), reads)).Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();

        var (most, batch) = (Settings.Prefetch + 1, options.Batch);
        reads.ReceiveN(most * batch - batch + Settings.Readers);
        reads.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
        gate.Release();
        reads.ReceiveN(batch);
        reads.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
        gate.Release(1000);
        ExpectMsg<TrainingFinished>();
        Assert.Equal(20, Factory.Batches.Count);
    }

    private sealed class TellingReader(ISequenceReader reader, IActorRef probe) : ISequenceReader
    {
        public SampleRead Read(PlannedSample sample)
        {
            probe.Tell(sample.Ct.Name);
            return reader.Read(sample);
        }
    }
}
