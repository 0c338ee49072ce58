using MhdNet.Training.Devices;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>A batch on the device, as tensors of the current dispose scope.</summary>
/// <param name="Ct">[N,1,T,H,W].</param>
/// <param name="Wsi">[P,3,T,H,W] of the samples with pathology, or null.</param>
internal sealed record BatchTensors(Tensor Ct, Tensor? Wsi)
{
    /// <summary>Moves a batch.</summary>
    /// <exception cref="InvalidDataException">The batch's arrays do not fit each other or the options.</exception>
    public static BatchTensors Of(Batch batch, MhdOptions options, Device device)
    {
        var (frames, height, width) = batch.Shape;
        var voxels = (long)frames * height * width;
        var paired = batch.HasPathology.Count(has => has);
        if ((frames, height, width) != (options.Frames, options.Size, options.Size))
        {
            throw new InvalidDataException($"{Name(batch)}: its sequences are {frames}x{height}x{width}, but the network takes {options.Frames}x{options.Size}x{options.Size}.");
        }

        if (batch.HasPathology.Length != batch.Count || batch.Ct.Length != batch.Count * voxels || batch.Wsi.Length != paired * 3 * voxels)
        {
            throw new InvalidDataException($"{Name(batch)}: {batch.Count} samples, {paired} of them with pathology, have {batch.Ct.Length} CT values and {batch.Wsi.Length} slide values.");
        }

        return new BatchTensors(
            DeviceCopy.Of(batch.Ct, [batch.Count, 1, frames, height, width], device),
            paired == 0 ? null : DeviceCopy.Of(batch.Wsi, [paired, 3, frames, height, width], device));
    }

    /// <summary>The same in double precision.</summary>
    public BatchTensors ToDouble() => new(Ct.to(ScalarType.Float64), Wsi?.to(ScalarType.Float64));

    /// <summary>Checks the labels of a batch to be trained on.</summary>
    /// <exception cref="InvalidDataException">A sample is unlabelled, or labelled <c>other</c> and has pathology.</exception>
    public static void RequireLabels(Batch batch, MhdOptions options)
    {
        for (var sample = 0; sample < batch.Count; sample++)
        {
            var label = batch.Labels[sample];
            if (label < 0 || label > options.Types.Count)
            {
                throw new InvalidDataException($"{Name(batch)}: sample {batch.Names[sample]} has label {label}; labels run from 0 to {options.Types.Count}, which is 'other'.");
            }

            if (label == options.Types.Count && batch.HasPathology[sample])
            {
                throw new InvalidDataException($"{Name(batch)}: sample {batch.Names[sample]} is labelled 'other' and has pathology; there is no pathology of 'other'.");
            }
        }
    }

    private static string Name(Batch batch) => $"batch {batch.Index} of epoch {batch.Epoch}";
}
