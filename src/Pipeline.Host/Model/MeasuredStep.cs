using System.Globalization;
using MhdNet.Host.Commands;
using MhdNet.Training.Options;
using MhdNet.Training.Phases;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Model;

using Batch = MhdNet.Training.Trainer.Batch; // not the namespace of slide batches

/// <summary>One training step of teacher and student on drawn input, as training runs them: forward, backward, Adam, checkpoint. Measures time and memory.</summary>
internal static class MeasuredStep
{
    /// <summary>Runs it. The teacher's checkpoint, from which the student learns, goes to a temporary folder and is removed.</summary>
    /// <param name="output">Where the figures go.</param>
    /// <param name="options">Options with types.</param>
    /// <param name="samples">Samples of the batch, all with pathology.</param>
    /// <returns>The exit code.</returns>
    public static int Run(TextWriter output, MhdOptions options, int samples)
    {
        var folder = Directory.CreateTempSubdirectory("mhdnet-step-").FullName;
        try
        {
            var factory = new PhaseFactory();
            var batch = Draw(options, samples);
            output.WriteLine();
            Step(output, "teacher", batch, () => factory.Create("teacher", options, null), folder);
            Step(output, "student", batch, () => factory.Create("student", options, folder), null);
            return ExitCode.Ok;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Step(TextWriter output, string name, Batch batch, Func<ITrainingPhase> make, string? saveTo)
    {
        PeakMemory.Restart();
        using var phase = make();
        var began = TimeProvider.System.GetTimestamp();
        var losses = phase.Step(batch);
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var peak = PeakMemory.Gibibytes();
        output.WriteLine(Text($"{name} step, batch {batch.Count}: {seconds:0.0} s, loss {losses["loss"]:0.000}, peak resident memory {Shown(peak)}"));
        if (saveTo is not null)
        {
            phase.Save(saveTo);
            output.WriteLine(Text($"{name} checkpoint written: peak resident memory {Shown(PeakMemory.Gibibytes())}"));
        }
    }

    private static Batch Draw(MhdOptions options, int samples)
    {
        var random = new Random(options.Seed);
        var voxels = options.Frames * options.Size * options.Size;
        float[] Noise(int channels) => [.. Enumerable.Range(0, samples * channels * voxels).Select(_ => (random.NextSingle() * 2) - 1)];
        return new Batch(
            0, 0, Noise(1), Noise(3), [.. Enumerable.Range(0, samples).Select(sample => (long)(sample % options.Types.Count))], [.. Enumerable.Repeat(true, samples)],
            [.. Enumerable.Range(1, samples).Select(sample => $"drawn {sample}")], (options.Frames, options.Size, options.Size));
    }

    private static string Shown(double? gibibytes) => gibibytes is { } known ? Text($"{known:0.00} GiB") : "unknown on this system";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
