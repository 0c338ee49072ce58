using System.Diagnostics;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Devices;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Phases;

namespace MhdNet.Benchmarks.Steps;

/// <summary>
/// Times training steps with the channels of convolutions as they are and filled up, in turn, so that a busy machine slows both.
/// </summary>
internal static class StepRun
{
    private static readonly string[] Phases = ["teacher", "student", "baseline"];

    /// <summary>Prints one line a phase: the median step of each setting, and their ratio.</summary>
    /// <param name="preset">Path of a preset.</param>
    /// <param name="rounds">Steps of each phase and setting; one more, before them, is not counted.</param>
    /// <param name="settings">Where channels are filled up. One alone shares its memory with no other.</param>
    public static void Measure(string preset, int rounds, IReadOnlyList<PaddingChoice> settings)
    {
        var options = OptionsFile.Read(preset, "types=A,B1,TC");
        var operations = NetworkOperations.Of(Path.GetFileNameWithoutExtension(preset), options);
        var batch = Drawn.Batch(options);
        var folder = Directory.CreateTempSubdirectory("mhdnet-steps-").FullName;
        PaddingChoice[] choices = [.. settings.Where(choice => IsRight(operations, choice))];
        try
        {
            foreach (var name in Phases)
            {
                using var phase = new PhaseFactory(ComputeDevice.Cpu).Create(name, options, name == "student" ? folder : null);
                var times = choices.ToDictionary(choice => choice, _ => new List<double>());
                for (var round = 0; round <= rounds; round++)
                {
                    foreach (var choice in choices)
                    {
                        if (choices.Length > 1)
                        {
                            ArithmeticInUse.Require(operations, choice, ComputeDevice.Cpu.Open(), Remembered);
                        }

                        var began = Stopwatch.GetTimestamp();
                        phase.Step(batch);
                        times[choice].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    }
                }

                Print($"{operations.Name,-6} {name,-8}", times);
                if (name == "teacher")
                {
                    phase.Save(folder);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static PassedTests? Remembered { get; } = PassedTests.OfUser();

    private static bool IsRight(Operations operations, PaddingChoice choice)
    {
        try
        {
            Console.WriteLine($"{choice}: {ArithmeticInUse.Require(operations, choice, ComputeDevice.Cpu.Open(), passed: null)}");
            return true;
        }
        catch (WrongArithmeticException e)
        {
            Console.WriteLine($"{choice}: {e.Result.Problem}");
            return false;
        }
    }

    private static void Print(string what, Dictionary<PaddingChoice, List<double>> times)
    {
        var medians = times.ToDictionary(each => each.Key, each => each.Value.Skip(1).Order().ElementAt((each.Value.Count - 1) / 2));
        var ratio = medians.Count == 2 ? FormattableString.Invariant($"   always/never {medians[PaddingChoice.Always] / medians[PaddingChoice.Never]:0.00}") : "";
        Console.WriteLine($"{what} {string.Join("   ", medians.Select(each => FormattableString.Invariant($"{each.Key} {each.Value:0} ms")))}{ratio}");
    }
}
