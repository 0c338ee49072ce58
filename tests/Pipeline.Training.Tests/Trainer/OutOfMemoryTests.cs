using System.Runtime.InteropServices;
using Akka.Actor;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Trainer;

public sealed class OutOfMemoryTests : TrainerSpec
{
    [Fact]
    public void What_torch_says_when_the_processor_has_no_memory_left_is_understood()
    {
        var error = Assert.ThrowsAny<ExternalException>(() => empty(1L << 50, dtype: ScalarType.Float32).Dispose());
        Assert.Matches("^DefaultCPUAllocator: .*4503599627370496 bytes", OutOfMemory.Words(error));
#pragma warning disable CA2201 // What the runtime and torch throw is what is recognised.
        Assert.NotNull(OutOfMemory.Words(new InvalidOperationException("the stream failed", new AggregateException(new OutOfMemoryException()))));
        Assert.Equal("CUDA out of memory. Tried to allocate 2.00 GiB.", OutOfMemory.Words(new ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB. \nException raised from")));
        Assert.Null(OutOfMemory.Words(new ExternalException("The size of tensor a (3) must match the size of tensor b (4)")));
#pragma warning restore CA2201
    }

    [Fact]
    public void A_batch_that_does_not_fit_ends_the_run_at_once_and_says_what_to_lower()
    {
        Factory.BeforeStep = (_, _) => empty(1L << 50, dtype: ScalarType.Float32).Dispose();
        var run = NewRun();
        Owner().Tell(new StartTraining(run));
        ExpectMsg<TrainingStarted>();
        var outcome = ExpectMsg<TrainingFinished>().Outcome; // without a restart before it
        Assert.Equal((RunEnd.Failed, "out-of-memory"), (outcome.End, outcome.Reason!.Code));
        Assert.StartsWith("The memory does not suffice for batch 2 of preset small (8x8x8, width 64): ", outcome.Reason.Sentence, StringComparison.Ordinal);
        Assert.Contains("--set batch=1", outcome.Reason.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', outcome.Reason.Sentence);
        Assert.Equal(run.Name, RunFolder.Resumable(Work.Path)?.Name);

        Factory.BeforeStep = (_, _) => { };
        Assert.Equal(RunEnd.Completed, Train(run).Outcome.End);
    }
}
