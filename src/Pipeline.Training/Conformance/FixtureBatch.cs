using System.Runtime.InteropServices;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>The batch of a fixture.</summary>
internal sealed record FixtureBatch(StoredTensor Ct, StoredTensor Wsi, long[] Labels, bool[] HasPathology)
{
    /// <summary>Reads <c>batch.safetensors</c>: ct, wsi, label, has_pathology.</summary>
    /// <exception cref="InvalidDataException">One of them is missing, does not fit the options, or contradicts another; the message names the file.</exception>
    public static FixtureBatch Read(string path, MhdOptions options)
    {
        var tensors = Safetensors.Read(path).Tensors;
        var samples = tensors.TryGetValue("label", out var label) && label.Shape is [var n] ? n : 0;
        long[] Frames(int channels) => [samples, channels, options.Frames, options.Size, options.Size];
        StoredTensor Get(string name, StoredType type, params long[] shape)
        {
            var tensor = tensors.GetValueOrDefault(name) ?? throw new InvalidDataException($"{path} lacks '{name}'; a batch is ct, wsi, label and has_pathology.");
            return tensor.Type == type && tensor.Shape.SequenceEqual(shape)
                ? tensor
                : throw new InvalidDataException($"{path}: '{name}' is {tensor.Type} [{string.Join(", ", tensor.Shape)}], but the options and {samples} labels need {type} [{string.Join(", ", shape)}].");
        }

        var labels = MemoryMarshal.Cast<byte, long>(Get("label", StoredType.I64, samples).Data).ToArray();
        bool[] has = [.. Get("has_pathology", StoredType.U8, samples).Data.Select(flag => flag != 0)];
        var batch = new FixtureBatch(Get("ct", StoredType.F32, Frames(1)), Get("wsi", StoredType.F32, Frames(3)), labels, has);
        batch.RequireSense(path, options.Types.Count);
        return batch;
    }

    /// <summary>The batch as tensors of the current dispose scope; the slides of the samples with pathology only, null where none has.</summary>
    public (Tensor Ct, Tensor? Wsi) To(Device device) => (
        TensorTransfer.ToTensor(Ct, device), HasPathology.Contains(true) ? PairedSamples.Select(TensorTransfer.ToTensor(Wsi, device), HasPathology) : null);

    private void RequireSense(string path, int types)
    {
        if (Labels.Length == 0)
        {
            throw new InvalidDataException($"{path}: the batch has no samples.");
        }

        for (var sample = 0; sample < Labels.Length; sample++)
        {
            if (Labels[sample] < 0 || Labels[sample] > types)
            {
                throw new InvalidDataException($"{path}: sample {sample} has label {Labels[sample]}; labels run from 0 to {types}, which is 'other'.");
            }

            if (Labels[sample] == types && HasPathology[sample])
            {
                throw new InvalidDataException($"{path}: sample {sample} is labelled 'other' and has pathology; there is no pathology of 'other'.");
            }
        }
    }
}
