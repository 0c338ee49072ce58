using MhdNet.Training.Checkpoints;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Conformance;

/// <summary>A conformance fixture: a folder with options, the state before a training step, and a batch.</summary>
internal sealed record Fixture(string Folder, MhdOptions Options, FixtureBatch Batch)
{
    /// <summary>Opens a fixture. The networks' files are read when they are loaded.</summary>
    /// <exception cref="InvalidDataException">The folder is no fixture; the message names the file and what is wrong with it.</exception>
    public static Fixture Open(string folder)
    {
        var path = Path.Combine(folder, "options.json");
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{folder} is no conformance fixture: it has no options.json.");
        }

        var options = OptionsFile.Read(path);
        try
        {
            OptionsRules.RequireWithTypes(options);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        return new Fixture(folder, options, FixtureBatch.Read(Path.Combine(folder, "batch.safetensors"), options));
    }

    /// <summary>The memory before the step.</summary>
    public TypingMemory Memory(Device device) => Filled(new TypingMemory(Options, device), memory => MemoryCheckpoint.Load(Tensors("memory"), memory));

    /// <summary>The teacher before the step.</summary>
    public Teacher Teacher(Device device) => Filled(new Teacher(Options, device), teacher => NetworkCheckpoint.Load(Tensors("teacher"), teacher));

    /// <summary>The student before the step.</summary>
    public Student Student(Device device) => Filled(new Student(Options, device), student => NetworkCheckpoint.Load(Tensors("student"), student));

    /// <summary>What the step should give; null where the folder does not tell.</summary>
    public IReadOnlyDictionary<string, StoredTensor>? Expected() => File.Exists(Tensors("expected")) ? Safetensors.Read(Tensors("expected")).Tensors : null;

    private static T Filled<T>(T what, Action<T> fill)
        where T : IDisposable
    {
        try
        {
            fill(what);
            return what;
        }
        catch
        {
            what.Dispose();
            throw;
        }
    }

    private string Tensors(string name) => Path.Combine(Folder, name + ".safetensors");
}
