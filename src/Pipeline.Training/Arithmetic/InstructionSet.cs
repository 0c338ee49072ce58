namespace MhdNet.Training.Arithmetic;

/// <summary>The widest registers that oneDNN uses on a processor, by oneDNN's names (<c>ONEDNN_MAX_CPU_ISA</c>).</summary>
public enum InstructionSet
{
    /// <summary>Not an x86 processor, or one before SSE 4.1.</summary>
    Other,

    /// <summary>128 bits.</summary>
    Sse41,

    /// <summary>256 bits, without AVX2.</summary>
    Avx,

    /// <summary>256 bits.</summary>
    Avx2,

    /// <summary>512 bits.</summary>
    Avx512Core,
}

/// <summary>What follows from an instruction set.</summary>
public static class InstructionSets
{
    /// <summary>Channels of one block in oneDNN's layouts: 16 with 512-bit registers, else 8.</summary>
    public static int Block(this InstructionSet set) => set == InstructionSet.Avx512Core ? 16 : 8;

    /// <summary>oneDNN's name.</summary>
    public static string Name(this InstructionSet set) => set switch
    {
        InstructionSet.Sse41 => "SSE41",
        InstructionSet.Avx => "AVX",
        InstructionSet.Avx2 => "AVX2",
        InstructionSet.Avx512Core => "AVX512_CORE",
        _ => "other",
    };

    /// <summary>
    /// The limit that a value of <c>ONEDNN_MAX_CPU_ISA</c> sets; sets with additions count as the set they extend. What oneDNN does not
    /// know it ignores.
    /// </summary>
    public static InstructionSet Limit(string? value) => value?.ToUpperInvariant() switch
    {
        "SSE41" => InstructionSet.Sse41,
        "AVX" => InstructionSet.Avx,
        "AVX2" or "AVX2_VNNI" or "AVX2_VNNI_2" => InstructionSet.Avx2,
        _ => InstructionSet.Avx512Core,
    };
}
