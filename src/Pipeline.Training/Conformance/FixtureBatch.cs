using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Network;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>The batch of a fixture.</summary>
internal sealed record FixtureBatch(StoredTensor Ct, StoredTensor Wsi, long[] Labels, bool[] HasPathology)
{
    /// <summary>Reads <c>batch.safetensors</c>: ct, wsi, label, has_pathology.</summary>
    /// <exception cref="InvalidDataException">One of them is missing.</exception>
    public static FixtureBatch Read(string path)
    {
        var tensors = Safetensors.Read(path).Tensors;
        StoredTensor Get(string name) => tensors.TryGetValue(name, out var tensor) ? tensor : throw new InvalidDataException($"{path} lacks '{name}'.");
        return new FixtureBatch(Get("ct"), Get("wsi"), MemoryMarshal.Cast<byte, long>(Get("label").Data).ToArray(), [.. Get("has_pathology").Data.Select(has => has != 0)]);
    }

    /// <summary>The batch as tensors of the current dispose scope; the slides of the samples with pathology only.</summary>
    public OnDevice To(Device device) => new(
        TensorTransfer.ToTensor(Ct, device), PairedSamples.Select(TensorTransfer.ToTensor(Wsi, device), HasPathology), Labels, HasPathology);

    /// <summary>What the networks take.</summary>
    internal sealed record OnDevice(Tensor Ct, Tensor Wsi, long[] Labels, bool[] HasPathology);
}
