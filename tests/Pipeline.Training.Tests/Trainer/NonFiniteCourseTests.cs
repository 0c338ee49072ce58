using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

public class NonFiniteCourseTests : TrainerSpec
{
    private static readonly Dictionary<string, double> NotFinite = new() { ["loss"] = double.NaN };

    [Fact]
    public void The_reason_of_a_run_that_ends_for_its_losses_holds_what_was_found_out()
    {
        Factory.Losses = (_, batch) => batch.Epoch == 1 ? NotFinite : null;
        Batch? explained = null;
        Factory.Explanation = batch =>
        {
            explained = batch;
            return new NonFiniteExplanation(batch.Count, null, ["CT sequence x is the same everywhere (0)"]);
        };

        var reason = Train(NewRun()).Outcome.Reason!;

        Assert.Equal((1, 2), (explained!.Epoch, explained.Index)); // the last of the three
        Assert.Contains("CT sequence x is the same everywhere", reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_without_a_single_step_that_was_applied_ends_the_run_and_is_not_kept()
    {
        var run = NewRun(Options with { Batch = 100 });
        Factory.Losses = (_, batch) => batch.Epoch == 1 ? NotFinite : null;

        var reason = Train(run).Outcome.Reason!;

        Assert.Contains("teacher, epoch 2: the loss was not finite in the only batch of the epoch (loss = NaN; the last with ", reason.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, run.Checkpoints("teacher").Progress().Epochs);
    }
}
