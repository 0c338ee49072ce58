using System.Globalization;
using MhdNet.Training.Network;

namespace MhdNet.Training.Options;

/// <summary>What options must satisfy for the method to be defined.</summary>
public static class OptionsRules
{
    /// <summary>No frame, kernel or width that anybody could train is larger; sizes multiply, and must not run over.</summary>
    private const int Largest = 4096;

    /// <summary>Checks the options.</summary>
    /// <returns>One sentence for each problem; empty when the options are good. Names are those of the options file.</returns>
    public static IReadOnlyList<string> Check(MhdOptions options) =>
        [.. Network(options), .. Sense(options), .. TrainingRules.Check(options)];

    /// <summary>Throws where <see cref="Check"/> finds a problem.</summary>
    /// <exception cref="ArgumentException">The message holds all sentences.</exception>
    public static void Require(MhdOptions options)
    {
        var problems = Check(options);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }

    /// <summary>Throws where the options define no network, or no types are named: a network needs to know how many there are.</summary>
    /// <exception cref="ArgumentException">The message holds all sentences.</exception>
    public static void RequireWithTypes(MhdOptions options)
    {
        string[] problems = [.. Network(options), .. options.Types.Count == 0 ? ["types is empty; a network needs the names of the tumour types."] : Array.Empty<string>()];
        if (problems.Length > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }

    /// <summary>Without these the networks and their losses are not defined.</summary>
    private static IEnumerable<string> Network(MhdOptions o)
    {
        string[] ranges = [.. Ranges(o)];
        return [.. ranges, .. ranges.Length == 0 ? Shapes(o).Concat(Memory(o)) : [], .. Types(o), .. Numbers(o)];
    }

    /// <summary>Without these a run makes no sense, though a single step may.</summary>
    private static IEnumerable<string> Sense(MhdOptions o)
    {
        if (!Ranges(o).Any() && StageShape.Of(o)[3] is var top && top.Frames * top.Pixels < 2)
        {
            yield return $"size is {o.Size} and frames {o.Frames}, which leaves one voxel in stage 4 and no variance to normalise by: use a size above 32 or frames above 16.";
        }

        if (o.Network != TrainedNetwork.MhdNet && o.Baseline)
        {
            yield return $"network is {OptionsFile.NameOf(o.Network)} and baseline true; the baseline is compared with a student, so set baseline to false or network to mhd-net.";
        }

        if (o.Types.Count == 1)
        {
            yield return $"types is [{o.Types[0]}]; it must be empty or name at least two different tumour types.";
        }
    }

    private static IEnumerable<string> Ranges(MhdOptions o)
    {
        foreach (var (name, value) in new[] { ("frames", o.Frames), ("size", o.Size), ("width", o.Width), ("reduction", o.Reduction), ("kappa", o.Kappa), ("attention_kernel", o.AttentionKernel) })
        {
            if (value is < 1 or > Largest)
            {
                yield return $"{name} is {value}; it must be at least 1 and at most {Largest}.";
            }
        }

        foreach (var (name, blocks) in new[] { ("teacher_blocks", o.TeacherBlocks), ("student_blocks", o.StudentBlocks) })
        {
            if (blocks.Count != 4 || blocks.Any(b => b < 1))
            {
                yield return $"{name} is [{string.Join(", ", blocks)}]; it must be four numbers of at least 1, one a stage.";
            }
        }
    }

    private static IEnumerable<string> Shapes(MhdOptions o)
    {
        var stages = StageShape.Of(o);
        var depths = stages.Take(3).Select(s => s.Depth).ToArray();
        if (depths.Distinct().Count() > 1)
        {
            yield return $"frames is {o.Frames}, so channels times frames is {string.Join(", ", depths)} in stages 1 to 3; it must be the same in all, because each stage reads the others' memory: use a frames of 8n or 8n-1, such as 24.";
        }

        if (o.Kappa % 2 == 0 || o.AttentionKernel % 2 == 0)
        {
            yield return $"kappa is {o.Kappa} and attention_kernel {o.AttentionKernel}; both must be odd, so that a kernel has a centre.";
        }

        if (o.Reduction > 0 && o.Width % o.Reduction != 0)
        {
            yield return $"width is {o.Width}, no multiple of reduction, {o.Reduction}.";
        }
    }

    private static IEnumerable<string> Memory(MhdOptions o)
    {
        if (o.MemoryItems.Count != 3)
        {
            yield return $"memory_items is [{string.Join(", ", o.MemoryItems)}]; it must be three numbers, one for each of stages 1 to 3.";
            yield break;
        }

        foreach (var (items, stage, number) in o.MemoryItems.Zip(StageShape.Of(o), [1, 2, 3]))
        {
            var edge = (int)Math.Round(Math.Sqrt(Math.Max(0, items)));
            if (items < 1 || edge * edge != items)
            {
                yield return $"memory_items has {items} in stage {number}; it must be a square number, because items are laid out as a square picture.";
            }
            else if (items > stage.Pixels)
            {
                yield return $"memory_items has {items} in stage {number}, more than the {stage.Pixels} pixels of that stage at size {o.Size}.";
            }
        }
    }

    private static IEnumerable<string> Types(MhdOptions o)
    {
        if (o.Types.Distinct(StringComparer.Ordinal).Count() != o.Types.Count || o.Types.Any(string.IsNullOrWhiteSpace) || o.Types.Contains("other"))
        {
            yield return $"types is [{string.Join(", ", o.Types)}]; it must be empty or name at least two different tumour types, none of them 'other'.";
        }
    }

    private static IEnumerable<string> Numbers(MhdOptions o)
    {
        (string Name, double Value, bool Good, string Rule)[] rules =
        [
            ("decay", o.Decay, o.Decay is >= 0 and < 1, "at least 0 and below 1"),
            ("read_temperature", o.ReadTemperature, o.ReadTemperature is > 0 and < double.PositiveInfinity, "above 0"),
            ("tau", o.Tau, o.Tau is > 0 and < double.PositiveInfinity, "above 0"),
            ("reseed_after", o.ReseedAfter, o.ReseedAfter >= 0, "0 (never) or above"),
            ("alpha_conmb", o.AlphaConmb, o.AlphaConmb is >= 0 and < double.PositiveInfinity, "at least 0"),
            ("alpha_mse", o.AlphaMse, o.AlphaMse is >= 0 and < double.PositiveInfinity, "at least 0"),
            ("alpha_kl", o.AlphaKl, o.AlphaKl is >= 0 and < double.PositiveInfinity, "at least 0"),
            ("batch", o.Batch, o.Batch >= 1, "at least 1"),
            ("teacher_epochs", o.TeacherEpochs, o.TeacherEpochs >= 1, "at least 1"),
            ("student_epochs", o.StudentEpochs, o.StudentEpochs >= 1, "at least 1"),
            ("learning_rate", o.LearningRate, o.LearningRate is > 0 and < double.PositiveInfinity, "above 0"),
            ("flip_probability", o.FlipProbability, o.FlipProbability is >= 0 and <= 1, "from 0 to 1"),
            ("window_low", o.WindowLow, o.WindowLow < o.WindowHigh, "below window_high"),
            ("validation_share", o.ValidationShare, o.ValidationShare is >= 0 and < 1, "at least 0 and below 1"),
            ("test_share", o.TestShare, o.TestShare is >= 0 and < 1, "at least 0 and below 1"),
        ];
        return rules.Where(r => !r.Good).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Name} is {r.Value}; it must be {r.Rule}."));
    }
}
