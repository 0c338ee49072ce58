namespace MhdNet.Tiling.Stains;

/// <summary>What a normalisation was made of, for the manifest: with it, others can do the same or undo it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Reference">What the colours were brought to.</param>
/// <param name="Slide">What was fitted to the slide.</param>
/// <param name="Pixels">Tissue pixels that it was fitted to.</param>
public sealed record StainRecord(StainMethod Method, IReadOnlyDictionary<string, double[]> Reference, IReadOnlyDictionary<string, double[]> Slide, int Pixels);
