namespace MhdNet.Training.Ablation;

/// <summary>The variants that make one table.</summary>
/// <param name="Name">As on the command line: <c>paper-table</c>.</param>
/// <param name="SizeName">What the size column counts.</param>
/// <param name="Size">The count for a variant with types.</param>
/// <param name="Variants">The rows, in order.</param>
public sealed record AblationSet(string Name, string SizeName, Func<AblationVariant, long> Size, IReadOnlyList<AblationVariant> Variants);
