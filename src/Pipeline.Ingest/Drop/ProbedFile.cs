namespace MhdNet.Ingest.Drop;

/// <summary>The answer of a probe for one form of a file.</summary>
/// <param name="Path">Relative to the drop folder.</param>
/// <param name="Size">The size it had when it was handed to the probe.</param>
/// <param name="Modified">The time it had then.</param>
/// <param name="Result">What it is.</param>
public sealed record ProbedFile(string Path, long Size, DateTimeOffset Modified, ProbeResult Result);
