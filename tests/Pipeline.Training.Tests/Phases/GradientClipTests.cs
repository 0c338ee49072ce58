using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Phases;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Phases;

[Collection("torch")] // one at a time: its generator and its threads are shared
public sealed class GradientClipTests
{
    [Theory]
    [InlineData("teacher")]
    [InlineData("baseline")]
    public void A_gradient_that_is_too_long_is_scaled_down_and_a_short_one_left_alone(string phase)
    {
        var free = FirstGradient(phase, 0);
        var norm = Math.Sqrt(free.Sum(value => (double)value * value));
        var (clipped, wide) = (FirstGradient(phase, norm / 4), FirstGradient(phase, norm * 4));
        Assert.True(norm > 0.1);
        Assert.Equal(free, wide);
        Assert.All(free.Zip(clipped), pair => Assert.Equal(pair.First / 4, pair.Second, 1e-4 * norm / 4));
        Assert.Equal(norm / 4, Math.Sqrt(clipped.Sum(value => (double)value * value)), 1e-4 * norm);
    }

    [Fact]
    public void The_learning_rate_scales_the_first_step()
    {
        float[] Moved(double rate)
        {
            using var folder = new TemporaryFolder();
            using var phase = new BaselinePhase(ToyBatches.Options, CPU);
            phase.LearningRate = rate;
            float[] Weights()
            {
                phase.Save(folder.Path);
                return Floats(Safetensors.Read(folder["baseline.safetensors"]).Tensors["fc.weight"]);
            }

            var before = Weights();
            phase.Step(ToyBatches.Mixed(0));
            Assert.Equal(rate, phase.LearningRate);
            return [.. Weights().Zip(before, (now, old) => now - old)];
        }

        Assert.All(Moved(0.01).Zip(Moved(0.0025)), pair => Assert.Equal(pair.First, 4 * pair.Second, 1e-5));
    }

    /// <summary>After one step Adam's first moment is a tenth of the gradient.</summary>
    private static float[] FirstGradient(string name, double clip)
    {
        using var folder = new TemporaryFolder();
        var options = ToyBatches.Options with { GradientClip = clip };
        using TrainingPhase phase = name == "teacher" ? new TeacherPhase(options, CPU) : new BaselinePhase(options, CPU);
        phase.Step(ToyBatches.Mixed(0));
        phase.Save(folder.Path);
        return [.. Safetensors.Read(folder[$"{name}-optimizer.safetensors"]).Tensors.Where(t => t.Key.StartsWith("exp_avg.", StringComparison.Ordinal)).OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => Floats(t.Value).Select(value => value * 10))];
    }

    private static float[] Floats(StoredTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();
}
