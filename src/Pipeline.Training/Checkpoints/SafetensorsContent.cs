namespace MhdNet.Training.Checkpoints;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Metadata">Free text by key.</param>
/// <param name="Tensors">By name.</param>
public sealed record SafetensorsContent(IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, StoredTensor> Tensors);
