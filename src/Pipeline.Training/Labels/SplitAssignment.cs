namespace MhdNet.Training.Labels;

/// <summary>What every patient of the labels is used for.</summary>
/// <param name="Splits">By patient.</param>
/// <param name="Problems">Sentences; with any, training cannot start.</param>
public sealed record SplitAssignment(IReadOnlyDictionary<string, Split> Splits, IReadOnlyList<string> Problems);
