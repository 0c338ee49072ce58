using MhdNet.Training.Checkpoints;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>
/// Runs the training step that a conformance fixture fixes (docs/network.md) with the same classes that training uses, and compares every number with what an
/// independent implementation computed in float64.
/// </summary>
public sealed class FixtureStep
{
    private readonly IReadOnlyDictionary<string, StoredTensor>? _expected;

    private FixtureStep(IReadOnlyDictionary<string, StoredTensor> computed, IReadOnlyDictionary<string, StoredTensor>? expected) => (Computed, _expected) = (computed, expected);

    /// <summary>What the step gave, under the names of <c>expected.safetensors</c>.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Computed { get; }

    /// <summary>Whether the fixture says what the step should give.</summary>
    public bool HasExpected => _expected is not null;

    /// <summary>The options of a fixture.</summary>
    /// <exception cref="InvalidDataException">The folder is no fixture; the message names the file and what is wrong with it.</exception>
    public static MhdOptions OptionsOf(string folder) => Fixture.Open(folder).Options;

    /// <summary>Runs a fixture.</summary>
    /// <param name="folder">Holds <c>options.json</c> and the safetensors files.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="InvalidDataException">The folder is no fixture; the message names the file and what is wrong with it.</exception>
    public static FixtureStep Run(string folder, Device device)
    {
        var fixture = Fixture.Open(folder);
        var expected = fixture.Expected();
        var computed = new Dictionary<string, StoredTensor>();
        using var memory = fixture.Memory(device);
        TeacherStep.Run(fixture, memory, device, computed);
        StudentStep.Run(fixture, memory, device, computed);
        return new FixtureStep(computed, expected);
    }

    /// <summary>A verdict for each expected tensor, and one for the median gradient norm of each network.</summary>
    /// <exception cref="InvalidDataException">The fixture expects nothing, or what no step computes.</exception>
    public IReadOnlyList<TensorVerdict> Compare() =>
        Comparison.Of(Computed, _expected ?? throw new InvalidDataException("the fixture has no expected.safetensors, so there is nothing to compare with"));
}
