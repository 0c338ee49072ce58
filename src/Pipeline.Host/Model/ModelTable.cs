using System.Globalization;
using MhdNet.Training.Network;
using MhdNet.Training.Network.Sizes;
using MhdNet.Training.Options;

namespace MhdNet.Host.Model;

/// <summary>The networks of some options on a terminal.</summary>
internal static class ModelTable
{
    /// <summary>Prints teacher, memory and student, then the totals beside the paper's.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="preset">Name of the preset.</param>
    /// <param name="options">Its options, with types.</param>
    public static void Print(TextWriter output, string preset, MhdOptions options)
    {
        var (teacher, memory, student) = (NetworkSizes.Teacher(options), NetworkSizes.Memory(options), NetworkSizes.Student(options));
        output.WriteLine(Text($"{preset}: {options.Types.Count} types, {options.Frames} frames of {options.Size}x{options.Size}, width {options.Width}; one sample, output without it"));
        foreach (var network in new[] { teacher, memory, student })
        {
            Print(output, network);
        }

        output.WriteLine();
        output.WriteLine(Text($"teacher  {teacher.Parameters,11:N0} parameters: radiology {teacher.ParametersOf("radiology."):N0}, pathology {teacher.ParametersOf("pathology."):N0}, fusion {teacher.ParametersOf("fusion."):N0}, {Fusing(teacher, options)}"));
        output.WriteLine(Text($"student  {student.Parameters,11:N0} parameters: of which align (training only) {student.ParametersOf("align"):N0}"));
        output.WriteLine(Text($"typing a CT takes the student, the teacher's radiology branch and a reading: {Giga(student.MultiplyAdds - Aligned(student) + teacher.Modules.Where(m => m.Module.StartsWith("radiology.", StringComparison.Ordinal)).Sum(m => m.MultiplyAdds))} G multiply-adds a sequence"));
        Attention(output, options);
        Paper(output, [.. Enumerable.Range(1, 8).Select(type => Text($"type{type}"))]);
    }

    private static void Print(TextWriter output, NetworkSize network)
    {
        output.WriteLine();
        output.WriteLine(Text($"{network.Name,-20} {"output",-20} {"parameters",13} {"multiply-adds",16}"));
        foreach (var module in network.Modules)
        {
            output.WriteLine(Text($"  {module.Module,-18} {string.Join(" x ", module.Output),-20} {module.Parameters,13:N0} {module.MultiplyAdds,16:N0}"));
        }

        output.WriteLine(Text($"  {"total",-18} {"",-20} {network.Parameters,13:N0} {network.MultiplyAdds,16:N0}"));
    }

    private static void Attention(TextWriter output, MhdOptions options)
    {
        if (options.Fusion != Fusion.Shfm)
        {
            return;
        }

        var stage = StageShape.Of(options)[0];
        var cost = ShfmCost.Of(stage, options);
        output.WriteLine(Text($"SHFM's gates at stage 1: {Giga(cost.Attention)} G multiply-adds; as printed in the paper, over the {stage.Frames * options.Kappa * options.Kappa} channels of C, {Giga(cost.PrintedAttention)} G and {4 * cost.CorrelationElements / 1048576.0:N0} MiB a sample for C, which is never formed here"));
    }

    private static void Paper(TextWriter output, IReadOnlyList<string> eight)
    {
        var paper = new MhdOptions { Types = eight };
        var (teacher, student, narrow) = (NetworkSizes.Teacher(paper).Parameters, NetworkSizes.Student(paper).Parameters, NetworkSizes.Student(paper with { AttentionKernel = 3 }).Parameters);
        output.WriteLine(Text($"the paper reports 141.65 M for its teacher and 34.30 M for its student; its text, at its sizes and with 8 types, gives {teacher / 1e6:0.00} M and {student / 1e6:0.00} M:"));
        output.WriteLine("  its teacher's figure is below that of two 3D ResNet-34 and a third without stem and first stage (189.8 M), so it leaves out what the text does not tell;");
        output.WriteLine(Text($"  its student's figure is that of an attention kernel of 3 ({narrow / 1e6:0.00} M), where the text has 7. The parameter counts of its Table V fit no reading either."));
    }

    private static string Fusing(NetworkSize teacher, MhdOptions options) => options.Fusion == Fusion.Shfm
        ? Text($"SHFM {teacher.ParametersOf("shfm"):N0}")
        : Text($"concatenation {teacher.ParametersOf("concat"):N0}");

    private static long Aligned(NetworkSize student) => student.Modules.Where(module => module.Module.StartsWith("align", StringComparison.Ordinal)).Sum(module => module.MultiplyAdds);

    private static string Giga(long count) => (count / 1e9).ToString(count < 1e9 ? "0.000" : "0.0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
