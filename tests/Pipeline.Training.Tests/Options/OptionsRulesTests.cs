using MhdNet.Training.Options;

namespace MhdNet.Training.Tests.Options;

public class OptionsRulesTests
{
    [Theory]
    [InlineData("paper")]
    [InlineData("small")]
    [InlineData("tiny")]
    public void Presets_are_good(string preset) => Assert.Empty(OptionsRules.Check(OptionsFile.Read(Path.Combine(Repository.Root, "config", preset + ".json"))));

    [Theory]
    [InlineData("frames=20", "frames is 20, so channels times frames is 640, 640, 768")]
    [InlineData("kappa=6", "kappa is 6")]
    [InlineData("attention_kernel=4", "attention_kernel 4")]
    [InlineData("width=66", "width is 66, no multiple of reduction, 4")]
    [InlineData("memory_items=784,784,195", "195 in stage 3; it must be a square")]
    [InlineData("memory_items=784,784,225", "225 in stage 3, more than the 196 pixels")]
    [InlineData("memory_items=784,784", "must be three numbers")]
    [InlineData("teacher_blocks=3,4,6", "teacher_blocks is [3, 4, 6]")]
    [InlineData("types=A,A", "at least two different")]
    [InlineData("types=A,other", "none of them 'other'")]
    [InlineData("decay=1", "decay is 1; it must be at least 0 and below 1")]
    [InlineData("tau=0", "tau is 0; it must be above 0")]
    [InlineData("learning_rate=-1", "learning_rate is -1")]
    [InlineData("plateau_factor=1", "plateau_factor is 1; it must be above 0 and below 1")]
    [InlineData("gradient_clip=-1", "gradient_clip is -1")]
    [InlineData("early_stopping_patience=-2", "early_stopping_patience is -2")]
    [InlineData("class_weights=1,0,1", "class_weights is [1, 0, 1]; every weight must be above 0")]
    [InlineData("early_stopping_patience=4 plateau_patience=3", "early_stopping_patience must be above 4, or one of the two 0")]
    [InlineData("early_stopping_min_delta=0.1", "early_stopping_patience is 0")]
    [InlineData("plateau_min_learning_rate=1e-5", "plateau_patience is 0")]
    [InlineData("plateau_patience=2 plateau_min_learning_rate=0.1", "plateau_min_learning_rate is 0.1; it must be at least 0 and below learning_rate")]
    [InlineData("balance_classes=true class_weights=1,2,3", "balance_classes and class_weights are both given")]
    [InlineData("types=A,B class_weights=1,2", "2 numbers; it must be 3: one for each of A, B, then one for 'other'")]
    [InlineData("window_low=300", "window_low is 300; it must be below window_high")]
    public void A_broken_rule_is_one_sentence_with_its_numbers(string change, string sentence)
    {
        var problem = Assert.Single(OptionsRules.Check(OptionsFile.Override(new MhdOptions(), change.Split(' '))));

        Assert.Contains(sentence, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_changes_the_course_of_training_is_off_unless_asked_for()
    {
        var options = new MhdOptions();
        Assert.Equal((0, 0, 0.0, false, 0), (options.PlateauPatience, options.EarlyStoppingPatience, options.GradientClip, options.BalanceClasses, options.ClassWeights.Count));
        Assert.Empty(OptionsRules.Check(OptionsFile.Override(options, ["early_stopping_patience=5", "plateau_patience=3", "gradient_clip=1.5", "class_weights=1,0.5,2"])));
    }

    [Fact]
    public void Frames_of_8n_and_8n_minus_1_are_good()
    {
        var good = Enumerable.Range(17, 40).Where(frames => OptionsRules.Check(new MhdOptions { Frames = frames }).Count == 0);

        Assert.Equal([23, 24, 31, 32, 39, 40, 47, 48, 55, 56], good);
    }
}
