using static TorchSharp.torch;

namespace MhdNet.Training.Checkpoints;

/// <summary>Between torch's tensors and those of a file.</summary>
internal static class TensorTransfer
{
    /// <summary>A copy of a tensor's elements.</summary>
    public static StoredTensor ToStored(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var copy = tensor.detach().cpu().contiguous();
        return new StoredTensor(Type(copy.dtype), copy.shape, copy.bytes.ToArray());
    }

    /// <summary>A new tensor on the given device.</summary>
    public static Tensor ToTensor(StoredTensor stored, Device device)
    {
        var host = empty(stored.Shape.ToArray(), dtype: Type(stored.Type));
        host.bytes = stored.Data;
        if (device.type == TorchSharp.DeviceType.CPU)
        {
            return host;
        }

        using (host)
        {
            return host.to(device);
        }
    }

    /// <summary>Overwrites a tensor of the same shape.</summary>
    public static void Overwrite(Tensor target, StoredTensor stored)
    {
        using var noGrad = no_grad();
        using var source = ToTensor(stored, CPU);
        target.copy_(source);
    }

    private static StoredType Type(ScalarType type) => type switch
    {
        ScalarType.Float32 => StoredType.F32,
        ScalarType.Int64 => StoredType.I64,
        ScalarType.Byte => StoredType.U8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "tensors of this type are not stored"),
    };

    private static ScalarType Type(StoredType type) => type switch
    {
        StoredType.F32 => ScalarType.Float32,
        StoredType.I64 => ScalarType.Int64,
        StoredType.U8 => ScalarType.Byte,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such element type"),
    };
}
