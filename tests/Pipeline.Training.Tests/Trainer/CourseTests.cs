using MhdNet.Training.Options;
using MhdNet.Training.Results;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

/// <summary>Learning rate and early end, by hand.</summary>
public sealed class CourseTests
{
    // Three epochs that are not lower follow the lowest before a patience of two is over; 1.995 is not lower than 2 by 0.01.
    [Theory]
    [InlineData(2, 0, "3", 0.8)]
    [InlineData(2, 0, "3 2 2 2", 0.8)]
    [InlineData(2, 0, "3 2 2 2 2", 0.4)]
    [InlineData(2, 0, "3 2 2 2 2 2 2", 0.4)]
    [InlineData(2, 0, "3 2 2 2 2 2 2 2", 0.2)]
    [InlineData(2, 0, "3 2 2 2 1.9 1.9 1.9", 0.8)]
    [InlineData(2, 0.01, "3 2 1.995 1.995 1.995", 0.4)]
    [InlineData(1, 0, "1 1 1 1 1 1 1 1 1 1 1", 0.15)]
    [InlineData(0, 0, "1 1 1 1 1 1 1 1 1 1 1", 0.8)]
    public void The_learning_rate_is_lowered_on_a_plateau(int patience, double delta, string losses, double rate)
    {
        var options = new MhdOptions { LearningRate = 0.8, PlateauPatience = patience, PlateauMinDelta = delta, PlateauMinLearningRate = patience > 0 ? 0.15 : 0 };
        Assert.Equal(rate, Plateau.LearningRate(options, Rows(losses)), 1e-12);
    }

    [Theory]
    [InlineData(2, 0, "3 2", false)]
    [InlineData(2, 0, "3 2 2", false)]
    [InlineData(2, 0, "3 2 2 2.5", true)]
    [InlineData(2, 0, "3 2 2.5 1.9 2 1.8", false)]
    [InlineData(2, 0.2, "3 2 1.9 1.85", true)]
    [InlineData(2, 0.1, "3 2 1.9 1.85", false)] // 1.85 is lower than 2 by more than 0.1
    [InlineData(0, 0, "1 1 1 1 1 1", false)]
    public void A_phase_ends_early_when_its_loss_falls_no_more(int patience, double delta, string losses, bool reached) =>
        Assert.Equal(reached, EarlyStopping.Reached(new MhdOptions { EarlyStoppingPatience = patience, EarlyStoppingMinDelta = delta }, Rows(losses)));

    [Fact]
    public void Without_validation_sequences_the_training_loss_decides()
    {
        MetricsRow[] rows = [.. Rows("3 2 2 2").Select(row => row with { ValidationLoss = null, Losses = new Dictionary<string, double> { ["loss"] = row.ValidationLoss!.Value } })];
        Assert.True(EarlyStopping.Reached(new MhdOptions { EarlyStoppingPatience = 2 }, rows));
    }

    private static MetricsRow[] Rows(string losses) =>
        [.. losses.Split(' ').Select((loss, i) => new MetricsRow("teacher", i + 1, new Dictionary<string, double> { ["loss"] = i }, 0.5, double.Parse(loss, System.Globalization.CultureInfo.InvariantCulture), 1, 4, 4, 0, 0))];
}
