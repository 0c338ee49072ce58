namespace MhdNet.Training.Checkpoints;

/// <summary>Element types of safetensors files that occur here; the names are the format's.</summary>
public enum StoredType
{
    /// <summary>float32.</summary>
    F32,

    /// <summary>int64.</summary>
    I64,

    /// <summary>uint8.</summary>
    U8,
}
