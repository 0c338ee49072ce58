using System.CommandLine;
using MhdNet.Host.Commands;
using MhdNet.Training.Checkpoints;

namespace MhdNet.Host.Tests.Commands;

public sealed class ConformCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_fixture_conforms_and_what_was_computed_is_written_under_its_names()
    {
        var fixture = Repository.Shared("fixtures/step");

        Assert.Equal(ExitCode.Ok, Conform(fixture, "--out", _folder["computed.safetensors"]));

        var (computed, expected) = (Safetensors.Read(_folder["computed.safetensors"]).Tensors, Safetensors.Read(Path.Combine(fixture, "expected.safetensors")).Tensors);
        Assert.All(expected, tensor => Assert.Equal(tensor.Value.Shape, computed[tensor.Key].Shape));
    }

    [SkippableFact]
    public void One_number_beyond_its_tolerance_is_exit_code_1()
    {
        Copy(Repository.Shared("fixtures/step"));
        var expected = new Dictionary<string, StoredTensor>(Safetensors.Read(_folder["expected.safetensors"]).Tensors);
        expected["loss.kl"] = expected["loss.kl"] with { Data = BitConverter.GetBytes(BitConverter.ToSingle(expected["loss.kl"].Data) * 1.01f) };
        Safetensors.Write(_folder["expected.safetensors"], new Dictionary<string, string>(), expected);

        Assert.Equal(ExitCode.Failed, Conform(_folder.Path));
    }

    [SkippableFact]
    public void Without_expected_numbers_only_the_computed_ones_can_be_had()
    {
        Copy(Repository.Shared("fixtures/step"));
        File.Delete(_folder["expected.safetensors"]);

        Assert.Contains("no expected.safetensors", Assert.Throws<InputException>(() => Conform(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, Conform(_folder.Path, "--out", _folder["computed.safetensors"]));
        Assert.True(File.Exists(_folder["computed.safetensors"]));
    }

    [Fact]
    public void A_folder_that_is_no_fixture_is_bad_input()
    {
        Assert.Equal((ExitCode.BadInput, $"{_folder.Path} is no conformance fixture: it has no options.json."), Refused(_folder.Path));
        Assert.Equal((ExitCode.BadInput, $"There is no folder {_folder["nowhere"]}. Give the folder of a conformance fixture."), Refused(_folder["nowhere"]));

        static (int, string) Refused(string folder) => Assert.Throws<InputException>(() => Conform(folder)) is var e ? (e.ExitCode, e.Message) : default;
    }

    private static int Conform(params string[] arguments) => ConformCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

    private void Copy(string fixture)
    {
        foreach (var file in Directory.GetFiles(fixture))
        {
            File.Copy(file, _folder[Path.GetFileName(file)]);
        }
    }
}
