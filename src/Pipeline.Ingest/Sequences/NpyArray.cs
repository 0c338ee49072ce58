namespace MhdNet.Ingest.Sequences;

/// <summary>An array with its shape.</summary>
/// <param name="Data">All elements, the last index fastest.</param>
/// <param name="Shape">The length of each dimension.</param>
public sealed record NpyArray<T>(T[] Data, int[] Shape)
    where T : unmanaged;
