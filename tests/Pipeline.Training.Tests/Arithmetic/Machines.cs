using MhdNet.Training.Arithmetic;

namespace MhdNet.Training.Tests.Arithmetic;

/// <summary>Machines that hide their caches.</summary>
internal static class Machines
{
    public static Machine Avx512 { get; } = Of(InstructionSet.Avx512Core);

    public static Machine Avx2 { get; } = Of(InstructionSet.Avx2);

    public static Machine Sse41 { get; } = Of(InstructionSet.Sse41);

    private static Machine Of(InstructionSet set) => new(
        new Processor("AuthenticAMD", "AMD EPYC 9B45", "00b10f10", CachesVisible: false, set), new TorchBuild("2.10.0", "3.7.1", "2024.2"), "cpu", 2, new Dictionary<string, string>());
}
