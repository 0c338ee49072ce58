using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Losses;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Losses;

public sealed class WeightedCrossEntropyTests
{
    [Fact]
    public void The_loss_is_the_weighted_mean_of_the_samples()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 2, 0, 0, /**/ 0, 1, 0, /**/ 0, 0, 3 }, [3, 3]);
        double Loss(int sample, int label) => -Math.Log(Math.Exp(logits[sample, label].item<float>()) / Enumerable.Range(0, 3).Sum(k => Math.Exp(logits[sample, k].item<float>())));
        var (a, b, c) = (Loss(0, 0), Loss(1, 0), Loss(2, 1));
        Assert.Equal((a + b + c) / 3, Of([]), 1e-6);
        Assert.Equal(((0.5 * a) + (0.5 * b) + (4 * c)) / 5, Of([0.5, 4, 1]), 1e-6);

        float Of(double[] weights) => WeightedCrossEntropy.Of(logits, [0, 0, 1], new MhdOptions { ClassWeights = weights }).item<float>();
    }

    [Fact]
    public void Balanced_classes_weigh_alike_over_the_training_sequences()
    {
        static CohortPatient Patient(string name, Split split, params int[] labels) => new(name, split, labels.Min(), [.. labels.Select((label, i) => new CtSequence(name, $"{name}/{i}.npy", label))], []);
        var cohort = new Cohort(["A", "B", "C"], [Patient("1", Split.Train, 0, 0, 0, 3), Patient("2", Split.Train, 0, 0, 0), Patient("3", Split.Train, 1, 3), Patient("4", Split.Test, 2, 2, 2, 2)]);

        var weights = ClassBalance.Of(cohort);

        // 6 of A, 1 of B, none of C, 2 of 'other' among 9 training sequences of 3 classes
        Assert.Equal([9.0 / (3 * 6), 9.0 / 3, 1, 9.0 / (3 * 2)], weights);
        Assert.Equal(6 * weights[0], 1 * weights[1], 1e-12);
    }
}
