using MhdNet.Training.Checkpoints;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>What a step gives, as a fixture records it.</summary>
internal static class Recorded
{
    /// <summary>A loss; 0 where the batch has no sample it is formed of.</summary>
    public static StoredTensor Loss(Tensor? loss) => loss is null ? new StoredTensor(StoredType.F32, [], new byte[4]) : TensorTransfer.ToStored(loss);

    /// <summary>Rows of the samples with pathology; no rows, of the shape of the radiology branch's, where no sample has any.</summary>
    public static StoredTensor Rows(Tensor? rows, Tensor radiology) => rows is null ? new StoredTensor(StoredType.F32, [0, .. radiology.shape[1..]], []) : TensorTransfer.ToStored(rows);

    /// <summary>Gradient norms, 0 where no loss reaches, and running statistics.</summary>
    public static void Network(string name, nn.Module network, Dictionary<string, StoredTensor> computed)
    {
        foreach (var (parameter, tensor) in network.named_parameters())
        {
            computed[$"gradnorm.{name}.{parameter}"] = tensor.grad is { } grad ? TensorTransfer.ToStored(grad.norm()) : Loss(null);
        }

        foreach (var (buffer, tensor) in network.named_buffers().Where(b => b.name.Contains(".running_", StringComparison.Ordinal)))
        {
            computed[$"running.{name}.{buffer}"] = TensorTransfer.ToStored(tensor);
        }
    }
}
