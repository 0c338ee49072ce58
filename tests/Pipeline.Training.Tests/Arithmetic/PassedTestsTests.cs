using MhdNet.Training.Arithmetic;

namespace MhdNet.Training.Tests.Arithmetic;

public sealed class PassedTestsTests : IDisposable
{
    private static readonly OperationError Small = new("convolution 1 → 8", "value", 1e-7);
    private static readonly OperationError Large = new("convolution 1 → 8", "value", double.PositiveInfinity);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_test_that_was_passed_is_found_again_as_it_was()
    {
        var result = Result(Machines.Avx512) with { Unpadded = Large };
        Tests().Keep(result, Operations.Any);

        var found = Tests().Find(Machines.Avx512, PaddingChoice.Auto, Operations.Any)!;

        Assert.Equal(
            (result.Block, result.Worst, result.Unpadded, result.Count, result.Tolerance, result.Machine.Processor),
            (found.Block, found.Worst, found.Unpadded, found.Count, found.Tolerance, found.Machine.Processor));
    }

    [Fact]
    public void It_does_not_hold_for_anything_else()
    {
        var machine = Machines.Avx512;
        Tests().Keep(Result(machine), Operations.Any);

        Assert.Null(Tests().Find(Machines.Avx2, PaddingChoice.Auto, Operations.Any));
        Assert.Null(Tests().Find(machine, PaddingChoice.Never, Operations.Any));
        Assert.Null(Tests().Find(machine, PaddingChoice.Auto, Operations.Any with { Convolutions = [.. Operations.Any.Convolutions.Skip(1)] }));
        Assert.All(
            new[]
            {
                machine with { Threads = 3 },
                machine with { Device = "cuda:0" },
                machine with { Libraries = machine.Libraries with { OneDnn = "3.8.0" } },
                machine with { Processor = machine.Processor with { CachesVisible = true } },
                machine with { Variables = new Dictionary<string, string> { ["ONEDNN_MAX_CPU_ISA"] = "AVX512_CORE" } },
            },
            other => Assert.Null(Tests().Find(other, PaddingChoice.Auto, Operations.Any)));
    }

    [Fact]
    public void It_bears_the_name_of_what_is_asked_for()
    {
        Tests().Keep(Result(Machines.Avx512), Operations.Any);

        var found = Tests().Find(Machines.Avx512, PaddingChoice.Auto, Operations.Any with { Name = "run 7" })!;

        Assert.Equal("run 7", found.Operations);
    }

    [Fact]
    public void A_machine_that_was_seen_to_be_wrong_has_passed_nothing()
    {
        Tests().ForgetAll(); // of a folder that is not there yet
        Tests().Keep(Result(Machines.Avx512), Operations.Any);
        Tests().Keep(Result(Machines.Avx2), Operations.Any);

        Tests().ForgetAll();

        Assert.Null(Tests().Find(Machines.Avx512, PaddingChoice.Auto, Operations.Any));
        Assert.Empty(Directory.GetFiles(_folder["tests"]));
    }

    [Fact]
    public void A_file_that_is_damaged_or_tells_of_a_failure_is_no_passed_test()
    {
        Tests().Keep(Result(Machines.Avx512), Operations.Any);
        var file = Assert.Single(Directory.GetFiles(_folder["tests"]));
        var text = File.ReadAllText(file);
        foreach (var damaged in new[] { "", "{}", "null", text[..40], text.Replace("1E-07", "0.2", StringComparison.Ordinal), text.Replace("\"Block\": 16", "\"Block\": 3", StringComparison.Ordinal) })
        {
            Assert.NotEqual(text, damaged);
            File.WriteAllText(file, damaged);
            Assert.Null(Tests().Find(Machines.Avx512, PaddingChoice.Auto, Operations.Any));
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_a_test_and_nothing_else()
    {
        File.WriteAllText(_folder["tests"], "a file where the folder should be");

        Tests().Keep(Result(Machines.Avx512), Operations.Any);

        Assert.Null(Tests().Find(Machines.Avx512, PaddingChoice.Auto, Operations.Any));
    }

    private PassedTests Tests() => new(_folder["tests"]);

    private static SelfTestResult Result(Machine machine) => new(machine, PaddingChoice.Auto, 16, Operations.Any.Name, 10, Small, SelfTest.Tolerance);
}
