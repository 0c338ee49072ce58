namespace MhdNet.Training.Checkpoints;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">The length of each dimension; empty for a scalar.</param>
/// <param name="Data">Little-endian elements, the last index fastest.</param>
public sealed record StoredTensor(StoredType Type, IReadOnlyList<long> Shape, byte[] Data)
{
    /// <summary>Elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Bytes of an element.</summary>
    public static int Size(StoredType type) => type switch
    {
        StoredType.F32 => 4,
        StoredType.I64 => 8,
        StoredType.U8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no such element type"),
    };
}
