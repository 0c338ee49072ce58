using System.Globalization;
using MhdNet.Training.Network;
using MhdNet.Training.Network.Sizes;
using MhdNet.Training.Options;

namespace MhdNet.Training.Ablation;

/// <summary>The tables of the paper's ablation study and discussion. docs/ablations.md says what each variant is.</summary>
public static class AblationSets
{
    private const string PaperTableName = "paper-table", ReceptiveFieldName = "receptive-field", MemoryName = "memory", TradeOffName = "trade-off";

    private static readonly double[] Weights = [0.1, 0.3, 0.5, 0.7, 1];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [PaperTableName, ReceptiveFieldName, MemoryName, TradeOffName];

    /// <summary>The variants of a set around some options.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">The full method.</param>
    /// <param name="overrides">Those of its fields that were given by hand, each <c>name=value</c>.</param>
    /// <exception cref="ArgumentException">There is no such set, or the options leave it nothing to compare; the message is for people.</exception>
    public static AblationSet Of(string name, MhdOptions options, params IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Network != TrainedNetwork.MhdNet || options.Fusion != Fusion.Shfm || !options.StudentMemory)
        {
            throw new ArgumentException("network, fusion and student_memory are what the variants themselves change: leave them at mhd-net, shfm and true.");
        }

        if (OptionsFile.Names(overrides).Intersect(SetBy(name)).ToList() is { Count: > 0 } vain)
        {
            throw new ArgumentException($"the variants themselves set {string.Join(" and ", vain)}; leave {(vain.Count == 1 ? "it" : "them")} out.");
        }

        var set = Around(name, options with { Baseline = false });
        var same = set.Variants.GroupBy(variant => (variant.Phase, OptionsFile.Write(variant.Options))).FirstOrDefault(alike => alike.Count() > 1);
        return same is null || name == TradeOffName // whose three curves meet where the preset's weights are
            ? set
            : throw new ArgumentException($"with these options {string.Join(" and ", same.Select(variant => $"'{variant.Name}'"))} are one and the same, so there is nothing to compare: what a row leaves out must be in the others.");
    }

    private static string[] SetBy(string name) => ["baseline", .. name switch
    {
        ReceptiveFieldName => ["kappa"],
        MemoryName => ["memory_items"],
        _ => Array.Empty<string>(),
    }];

    private static AblationSet Around(string name, MhdOptions full) => name switch
    {
        PaperTableName => new AblationSet(name, "parameters", Parameters, PaperTable(full)),
        ReceptiveFieldName => new AblationSet(name, "SHFM parameters", variant => NetworkSizes.Teacher(variant.Options).ParametersOf("shfm"), ReceptiveField(full)),
        MemoryName => new AblationSet(name, "numbers in the memory", variant => Numbers(variant.Options), MemoryCapacity(full)),
        TradeOffName => new AblationSet(name, "parameters", Parameters, TradeOff(full)),
        _ => throw new ArgumentException($"there is no set '{name}'; there are {string.Join(", ", Names)}."),
    };

    /// <summary>Section IV-E: what each part of the method is worth.</summary>
    private static AblationVariant[] PaperTable(MhdOptions full)
    {
        var concatenated = full with { Fusion = Fusion.Concatenation };
        return
        [
            new("full", full, "student", PaperFigures.Student),
            new("w/o SHFM", concatenated, "student", PaperFigures.None),
            new("w/o ConMB", full with { AlphaConmb = 0 }, "student", new PaperFigures(MAcc: 84.89)),
            new("w/o CTMM", full with { AlphaConmb = 0, StudentMemory = false }, "student", new PaperFigures(MAcc: 82.39)),
            new("w/o KL", full with { AlphaKl = 0 }, "student", PaperFigures.None),
            new("w/o MSE", full with { AlphaMse = 0 }, "student", PaperFigures.None),
            new("radiology only", full with { Network = TrainedNetwork.Radiology }, "radiology", new PaperFigures(Auc: 66)),
            new("pathology only", full with { Network = TrainedNetwork.Pathology }, "pathology", new PaperFigures(Auc: 74)),
            new("teacher", full, "teacher", PaperFigures.Teacher),
            new("teacher w/o SHFM", concatenated, "teacher", PaperFigures.None),
        ];
    }

    /// <summary>Table V, left.</summary>
    private static AblationVariant[] ReceptiveField(MhdOptions full) =>
    [
        .. new (int Kappa, double MAcc, double Millions)[] { (3, 88.27, 3.01), (5, 88.65, 3.97), (7, 89.89, 5.44), (9, 87.83, 7.46) }.Select(row =>
            new AblationVariant(Text($"{row.Kappa}x{row.Kappa}"), full with { Kappa = row.Kappa }, "student", new PaperFigures(row.MAcc, Parameters: row.Millions))),
    ];

    /// <summary>Table V, right: as many items as pixels, a quarter in stage 1, a quarter in stages 1 and 2.</summary>
    private static AblationVariant[] MemoryCapacity(MhdOptions full)
    {
        var edges = StageShape.Of(full).Take(3).Select(stage => stage.Edge).ToArray();
        AblationVariant Row(int first, int second, double mAcc, double millions)
        {
            int[] items = [.. new[] { Math.Max(1, edges[0] / first), Math.Max(1, edges[1] / second), edges[2] }.Select(edge => edge * edge)];
            return new AblationVariant(string.Join("; ", items.Select(count => Text($"{count}"))), full with { MemoryItems = items }, "student", new PaperFigures(mAcc, Parameters: millions));
        }

        return [Row(1, 1, 88.40, 6.32), Row(2, 1, 89.89, 2.71), Row(2, 2, 86.14, 1.81)];
    }

    /// <summary>Fig. 7, left: one weight at a time, the others as they are. The paper prints no numbers but those of its choice.</summary>
    private static AblationVariant[] TradeOff(MhdOptions full)
    {
        var paper = new MhdOptions();
        AblationVariant Row(string name, double weight, MhdOptions options) =>
            new(Text($"{name} = {weight:0.0}"), options, "student", options.AlphaConmb == paper.AlphaConmb && options.AlphaMse == paper.AlphaMse && options.AlphaKl == paper.AlphaKl ? PaperFigures.Student : PaperFigures.None);
        return
        [
            .. Weights.Select(weight => Row("ConMB", weight, full with { AlphaConmb = weight })),
            .. Weights.Select(weight => Row("MSE", weight, full with { AlphaMse = weight })),
            .. Weights.Select(weight => Row("KL", weight, full with { AlphaKl = weight })),
        ];
    }

    private static long Parameters(AblationVariant variant) => variant.Phase switch
    {
        "student" => NetworkSizes.Student(variant.Options).Parameters,
        "teacher" => NetworkSizes.Teacher(variant.Options).Parameters,
        _ => NetworkSizes.Teacher(variant.Options).ParametersOf(variant.Phase + "."),
    };

    private static long Numbers(MhdOptions options) => StageShape.Of(options).Zip(options.MemoryItems, (stage, items) => (long)options.Types.Count * items * stage.Depth).Sum();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
