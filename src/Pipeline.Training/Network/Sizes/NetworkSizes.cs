using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Network.Sizes;

/// <summary>
/// How large the networks of some options are. Parameters are counted on the networks themselves (without memory behind them), multiply-adds follow from the shapes.
/// </summary>
public static class NetworkSizes
{
    /// <summary>The teacher on a CT and a slide sequence.</summary>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public static NetworkSize Teacher(MhdOptions options)
    {
        using var teacher = new Teacher(options, META);
        var stages = StageShape.Of(options);
        var count = new ParameterCount(teacher);
        return new NetworkSize("teacher",
        [
            .. ResNet("radiology.", 1, options, options.TeacherBlocks, count),
            .. ResNet("pathology.", 3, options, options.TeacherBlocks, count),
            .. Fusions(stages, options, count),
            .. Enumerable.Range(2, 3).Select(stage => Layer("fusion.", stage, stages, options.TeacherBlocks, count)),
            Head("fusion.", options, count),
        ]);
    }

    /// <summary>The student on a CT sequence, with what was read from the memory.</summary>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public static NetworkSize Student(MhdOptions options)
    {
        using var student = new Student(options, META);
        var stages = StageShape.Of(options);
        var count = new ParameterCount(student);
        return new NetworkSize("student",
        [
            .. ResNet("", 1, options, options.StudentBlocks, count),
            .. options.StudentMemory ? Fusions(stages, options, count) : [],
            .. stages.Take(3).Select((stage, s) => new ModuleSize($"align{s + 1}", Shape(stage), count.Of($"align{s + 1}."), (long)stage.Channels * stage.Channels * Voxels(stage))),
        ]);
    }

    /// <summary>The memory: items that are no parameters, and what updating, boosting and reading it cost a sample.</summary>
    public static NetworkSize Memory(MhdOptions options)
    {
        var stages = StageShape.Of(options).Take(3).Zip(options.MemoryItems).ToArray();
        var all = stages.Sum(bank => (long)options.Types.Count * bank.Second);
        return new NetworkSize("memory",
        [
            .. stages.Select((bank, s) => new ModuleSize($"stage{s + 1} update", [options.Types.Count, bank.Second, bank.First.Depth], 0, (long)bank.First.Pixels * bank.Second * bank.First.Depth)),
            .. stages.Select((bank, s) => new ModuleSize($"stage{s + 1} ConMB", Shape(bank.First), 0, 2 * bank.First.Pixels * all * bank.First.Depth)),
            .. stages.Select((bank, s) => new ModuleSize($"stage{s + 1} reading", Shape(bank.First), 0, (long)options.Types.Count * bank.Second * bank.First.Depth)),
        ]);
    }

    private static IEnumerable<ModuleSize> ResNet(string prefix, int channels, MhdOptions options, IReadOnlyList<int> blocks, ParameterCount count)
    {
        var stages = StageShape.Of(options);
        var edge = (options.Size + 1) / 2;
        yield return new ModuleSize(
            prefix + "stem", Shape(stages[0]), count.Of(prefix + "conv1.", prefix + "bn1."), (long)channels * options.Width * 343 * options.Frames * edge * edge);
        for (var stage = 1; stage <= 4; stage++)
        {
            yield return Layer(prefix, stage, stages, blocks, count);
        }

        yield return Head(prefix, options, count);
    }

    private static ModuleSize Layer(string prefix, int stage, IReadOnlyList<StageShape> stages, IReadOnlyList<int> blocks, ParameterCount count)
    {
        var (shape, into) = (stages[stage - 1], stages[Math.Max(0, stage - 2)].Channels);
        var convolutions = (27L * into * shape.Channels) + (27L * shape.Channels * shape.Channels * ((2 * blocks[stage - 1]) - 1)) + (stage > 1 ? (long)into * shape.Channels : 0);
        return new ModuleSize($"{prefix}layer{stage}", Shape(shape), count.Of($"{prefix}layer{stage}."), convolutions * Voxels(shape));
    }

    private static ModuleSize Head(string prefix, MhdOptions options, ParameterCount count) =>
        new(prefix + "fc", [options.Types.Count + 1], count.Of(prefix + "fc."), 8L * options.Width * (options.Types.Count + 1));

    private static IEnumerable<ModuleSize> Fusions(IReadOnlyList<StageShape> stages, MhdOptions options, ParameterCount count) => stages.Take(3).Select((stage, s) =>
    {
        var name = StageFusions.NameOf(options, s + 1);
        var concatenated = 2L * stage.Channels * stage.Channels * Voxels(stage);
        return new ModuleSize(name, Shape(stage), count.Of(name + "."), options.Fusion == Fusion.Shfm ? ShfmCost.Of(stage, options).MultiplyAdds : concatenated);
    });

    private static int[] Shape(StageShape stage) => [stage.Channels, stage.Frames, stage.Edge, stage.Edge];

    private static long Voxels(StageShape stage) => (long)stage.Frames * stage.Pixels;

    private sealed class ParameterCount(nn.Module network)
    {
        private readonly (string Name, long Count)[] _all = [.. network.named_parameters().Select(p => (p.name, p.parameter.numel()))];

        public long Of(params string[] prefixes) => _all.Where(p => prefixes.Any(prefix => p.Name.StartsWith(prefix, StringComparison.Ordinal))).Sum(p => p.Count);
    }
}
