using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Akka.Configuration;
using MhdNet.Host.Hosting;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Conformance;
using MhdNet.Training.Devices;
using TorchSharp;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet conform</c>.</summary>
internal static class ConformCommand
{
    public static Command Create()
    {
        var fixture = new Argument<DirectoryInfo>("fixture") { Description = "A folder with options.json, teacher, memory, student, batch and expected.safetensors (docs/network.md)." };
        var output = new Option<FileInfo?>("--out") { Description = "Also writes what was computed, under the names of expected.safetensors. With it, expected.safetensors may be missing.", HelpName = "FILE" };
        var config = CommandOptions.Config();
        var command = new Command("conform", "Runs the training step of a conformance fixture and compares every number with those of an independent implementation. Exit code 1: one is beyond its tolerance.") { fixture, output, config };
        command.SetAction(parsed => Conform(parsed.GetRequiredValue(fixture).FullName, parsed.GetValue(output)?.FullName, Settings.Load(parsed.GetValue(config))));
        return command;
    }

    private static int Conform(string folder, string? output, Config config)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"There is no folder {folder}. Give the folder of a conformance fixture.");
        }

        Natives.RequireTorch();
        try
        {
            var arithmetic = Natives.RequireArithmetic(config, ComputeDevice.Cpu, "the fixture", FixtureStep.OptionsOf(folder));
            Console.WriteLine($"computed on {arithmetic}");
            var step = FixtureStep.Run(folder, torch.CPU);
            Write(output, step);
            if (!step.HasExpected && output is null)
            {
                throw new InputException($"{folder} has no expected.safetensors, so there is nothing to compare with. Give --out FILE to write what the step computes.");
            }

            return step.HasExpected ? Print(step.Compare()) : ExitCode.Ok;
        }
        catch (InvalidDataException e)
        {
            throw new InputException(e.Message);
        }
        catch (ExternalException e)
        {
            throw new InputException($"{folder}: torch cannot compute this step: {e.Message.Split('\n')[0]}");
        }
    }

    private static void Write(string? output, FixtureStep step)
    {
        if (output is null)
        {
            return;
        }

        if (Directory.Exists(output))
        {
            throw new InputException($"--out is {output}, which is a folder. Give a file.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(output)))
        {
            throw new InputException($"--out is {output}, but there is no folder {Path.GetDirectoryName(output)}. Create it first.");
        }

        Safetensors.Write(output, new Dictionary<string, string>(), step.Computed);
        Console.WriteLine($"{step.Computed.Count} tensors written to {output}");
    }

    private static int Print(IReadOnlyList<TensorVerdict> verdicts)
    {
        var width = verdicts.Max(verdict => verdict.Name.Length);
        Console.WriteLine($"{"tensor".PadRight(width)}  error     tolerance");
        foreach (var verdict in verdicts)
        {
            Console.WriteLine($"{verdict.Name.PadRight(width)}  {Number(verdict.Error)}  {Number(verdict.Tolerance)}{(verdict.Passed ? "" : "  BEYOND")}");
        }

        var beyond = verdicts.Count(verdict => !verdict.Passed);
        var closest = verdicts.MaxBy(verdict => verdict.Error / verdict.Tolerance)!;
        Console.WriteLine(beyond == 0
            ? $"conforms: {verdicts.Count} tensors within their tolerances; closest to its own: {closest.Name}"
            : $"does not conform: {beyond} of {verdicts.Count} tensors beyond their tolerances; worst: {closest.Name}");
        return beyond == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Number(double value) => value.ToString("0.00e+00", CultureInfo.InvariantCulture).PadRight(8);
}
