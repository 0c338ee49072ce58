namespace MhdNet.Training.Network.Sizes;

/// <summary>One module of a network, for one sample.</summary>
/// <param name="Module">Its name, as in the checkpoints; several of one kind together: <c>radiology.layer1</c>.</param>
/// <param name="Output">Shape of what it gives, without the samples: [c, t, h, w], or one number for logits.</param>
/// <param name="Parameters">Trained numbers.</param>
/// <param name="MultiplyAdds">Multiply-adds of a forward pass: convolutions, linear layers, matrix products, involution.</param>
public sealed record ModuleSize(string Module, IReadOnlyList<int> Output, long Parameters, long MultiplyAdds);
