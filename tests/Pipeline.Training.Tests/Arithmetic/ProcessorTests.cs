using MhdNet.Training.Arithmetic;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Arithmetic;

public class ProcessorTests
{
    private const int Avx2 = 1 << 5, Avx512 = (1 << 16) | (1 << 17) | (1 << 30) | (1 << 31), Avx = 1 << 28, Sse41 = 1 << 19;

    [Theory]
    [InlineData("AuthenticAMD", 0x8000001D, 0x121, true)]
    [InlineData("AuthenticAMD", 0x8000001D, 0, false)]
    [InlineData("AuthenticAMD", 4, 0x121, false)] // AMD tells its caches in a leaf of its own
    [InlineData("HygonGenuine", 0x8000001D, 0, false)]
    [InlineData("GenuineIntel", 4, 0x4000121, true)]
    [InlineData("GenuineIntel", 4, 0, false)]
    public void Caches_are_visible_where_the_vendors_leaf_tells_one(string vendor, uint leaf, int eax, bool visible)
    {
        var processor = Of(vendor, Avx2 | Avx512, (unchecked((int)leaf), eax));

        Assert.Equal((vendor, visible), (processor.Vendor, processor.CachesVisible));
        Assert.Contains(visible ? "cache sizes visible" : "cache sizes hidden", processor.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_processor_without_the_leaf_hides_its_caches()
    {
        var old = Processor.Of((leaf, _) => leaf == unchecked((int)0x80000000) ? (unchecked((int)0x80000008), 0, 0, 0) : Answer("AuthenticAMD", Avx2, (0, 0), leaf), _ => null);

        Assert.False(old.CachesVisible);
    }

    [Theory]
    [InlineData(Avx2 | Avx512, null, InstructionSet.Avx512Core, 16)]
    [InlineData(Avx2 | (1 << 16), null, InstructionSet.Avx2, 8)] // AVX-512 without BW, DQ and VL is not used
    [InlineData(Avx2, null, InstructionSet.Avx2, 8)]
    [InlineData(0, null, InstructionSet.Avx, 8)]
    [InlineData(Avx2 | Avx512, "AVX2", InstructionSet.Avx2, 8)]
    [InlineData(Avx2 | Avx512, "avx2_vnni", InstructionSet.Avx2, 8)]
    [InlineData(Avx2 | Avx512, "SSE41", InstructionSet.Sse41, 8)]
    [InlineData(Avx2 | Avx512, "AVX512_CORE_AMX", InstructionSet.Avx512Core, 16)]
    [InlineData(Avx2, "AVX512_CORE", InstructionSet.Avx2, 8)]
    [InlineData(Avx2 | Avx512, "nonsense", InstructionSet.Avx512Core, 16)]
    public void The_instruction_set_is_the_processors_limited_by_the_environment(int features, string? limit, InstructionSet expected, int block)
    {
        var processor = Of("GenuineIntel", features, (4, 0x121), limit);

        Assert.Equal((expected, block), (processor.InstructionSet, processor.InstructionSet.Block()));
    }

    [Fact]
    public void The_older_name_of_the_variable_counts_where_the_newer_is_not_set()
    {
        Assert.Equal(InstructionSet.Sse41, Processor.Of((leaf, _) => Answer("GenuineIntel", Avx2, (4, 1), leaf), name => name == "DNNL_MAX_CPU_ISA" ? "SSE41" : null).InstructionSet);
    }

    [Fact]
    public void This_machine_is_known()
    {
        var machine = Machine.Read(CPU);

        Assert.NotEqual("", machine.Processor.Vendor);
        Assert.NotEqual("", machine.Libraries.OneDnn);
        Assert.NotEqual("", machine.Libraries.Mkl);
        Assert.Equal(get_num_threads(), machine.Threads);
    }

    [Fact]
    public void Versions_are_read_from_torchs_description_of_its_build()
    {
        const string description = """
            PyTorch built with:
              - GCC 13.3
              - Intel(R) oneAPI Math Kernel Library Version 2024.2-Product Build 20240605 for Intel(R) 64 architecture applications
              - Intel(R) MKL-DNN v3.7.1 (Git Hash 8d263e693366ef8db40acc569cc7d8edf644556d)
              - CPU capability usage: AVX512
            """;

        Assert.Equal(new TorchBuild("2.10.0", "3.7.1", "2024.2"), TorchBuild.Of("2.10.0", description));
        Assert.Equal("torch 2.10.0, oneDNN unknown, MKL unknown", TorchBuild.Of("2.10.0", "").ToString());
    }

    private static Processor Of(string vendor, int features, (int Leaf, int Eax) caches, string? limit = null) =>
        Processor.Of((leaf, _) => Answer(vendor, features, caches, leaf), name => name == "ONEDNN_MAX_CPU_ISA" ? limit : null);

    private static (int, int, int, int) Answer(string vendor, int features, (int Leaf, int Eax) caches, int leaf)
    {
        int Word(int at) => BitConverter.ToInt32(System.Text.Encoding.ASCII.GetBytes(vendor), at);
        return leaf switch
        {
            0 => (0x20, Word(0), Word(8), Word(4)),
            1 => (0x00b10f10, 0, Avx | Sse41, 0),
            7 => (0, features, 0, 0),
            unchecked((int)0x80000000) => (unchecked((int)0x80000021), 0, 0, 0),
            _ => (leaf == caches.Leaf ? caches.Eax : 0, 0, 0, 0),
        };
    }
}
