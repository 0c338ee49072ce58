using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace MhdNet.Training.Arithmetic;

/// <summary>A processor as oneDNN sees it.</summary>
/// <param name="Vendor">CPUID's vendor: <c>GenuineIntel</c>, <c>AuthenticAMD</c>; the architecture where there is no CPUID.</param>
/// <param name="Model">The brand string.</param>
/// <param name="Signature">Family, model and stepping, as CPUID packs them (leaf 1, EAX), hexadecimal.</param>
/// <param name="CachesVisible">Whether CPUID tells the caches' sizes. Some hypervisors hide them; then oneDNN 3.7 computes wrong
/// convolutions on AMD.</param>
/// <param name="InstructionSet">The widest registers that oneDNN uses here: the processor's, limited by <c>ONEDNN_MAX_CPU_ISA</c>.</param>
public sealed record Processor(string Vendor, string Model, string Signature, bool CachesVisible, InstructionSet InstructionSet)
{
    private const int CachesOfIntel = 4, CachesOfAmd = unchecked((int)0x8000001D), Brand = unchecked((int)0x80000002), LargestExtended = unchecked((int)0x80000000);

    /// <summary>The processor that this process runs on.</summary>
    public static Processor Read() => X86Base.IsSupported
        ? Of((leaf, subleaf) => X86Base.CpuId(leaf, subleaf), Environment.GetEnvironmentVariable)
        : new Processor(RuntimeInformation.ProcessArchitecture.ToString(), "", "", CachesVisible: true, InstructionSet.Other);

    /// <summary>A processor from what it answers.</summary>
    /// <param name="cpuid">Leaf and subleaf → EAX, EBX, ECX, EDX (Intel SDM vol. 2A; AMD APM vol. 3).</param>
    /// <param name="variable">An environment variable's value, or null.</param>
    internal static Processor Of(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuid, Func<string, string?> variable)
    {
        var vendor = cpuid(0, 0);
        var name = Text(vendor.Ebx, vendor.Edx, vendor.Ecx);
        var limit = InstructionSets.Limit(variable("ONEDNN_MAX_CPU_ISA") ?? variable("DNNL_MAX_CPU_ISA"));
        var own = Widest(cpuid);
        return new Processor(name, ModelOf(cpuid), cpuid(1, 0).Eax.ToString("x8", null), Caches(name, cpuid), own < limit ? own : limit);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Vendor} {(Model.Length > 0 ? Model : Signature)}, {InstructionSet.Name()}, cache sizes {(CachesVisible ? "visible" : "hidden")}";

    private static InstructionSet Widest(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuid)
    {
        const int sse41 = 1 << 19, avx = 1 << 28, avx2 = 1 << 5;
        const int avx512 = (1 << 16) | (1 << 17) | (1 << 30) | (1 << 31); // F, DQ, BW, VL
        var (basic, extended) = (cpuid(1, 0).Ecx, cpuid(0, 0).Eax >= 7 ? cpuid(7, 0).Ebx : 0);
        return (extended & avx512) == avx512 ? InstructionSet.Avx512Core
            : (extended & avx2) != 0 ? InstructionSet.Avx2
            : (basic & avx) != 0 ? InstructionSet.Avx
            : (basic & sse41) != 0 ? InstructionSet.Sse41
            : InstructionSet.Other;
    }

    /// <summary>Whether the first cache has a type: 0 says that there is none.</summary>
    private static bool Caches(string vendor, Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuid)
    {
        var leaf = vendor is "AuthenticAMD" or "HygonGenuine" ? CachesOfAmd : CachesOfIntel;
        var largest = leaf < 0 ? cpuid(LargestExtended, 0).Eax : cpuid(0, 0).Eax;
        return unchecked((uint)largest >= (uint)leaf) && (cpuid(leaf, 0).Eax & 0x1f) != 0;
    }

    private static string ModelOf(Func<int, int, (int Eax, int Ebx, int Ecx, int Edx)> cpuid)
    {
        if (unchecked((uint)cpuid(LargestExtended, 0).Eax < (uint)Brand + 2))
        {
            return "";
        }

        var parts = Enumerable.Range(0, 3).Select(part => cpuid(Brand + part, 0));
        return string.Concat(parts.Select(part => Text(part.Eax, part.Ebx, part.Ecx, part.Edx))).Trim();
    }

    private static string Text(params int[] registers) =>
        Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>(registers)).TrimEnd('\0');
}
