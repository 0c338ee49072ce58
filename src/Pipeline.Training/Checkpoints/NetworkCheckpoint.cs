using MhdNet.Training.Options;
using TorchSharp;

namespace MhdNet.Training.Checkpoints;

/// <summary>Teacher, student or baseline in a safetensors file, under PyTorch's names.</summary>
public static class NetworkCheckpoint
{
    /// <summary>Writes all parameters and buffers.</summary>
    public static void Save(string path, torch.nn.Module network, MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        Safetensors.Write(path, CheckpointMetadata.Of(options), network.state_dict().Select(t => KeyValuePair.Create(t.Key, TensorTransfer.ToStored(t.Value))));
    }

    /// <summary>Fills all parameters and buffers.</summary>
    /// <exception cref="InvalidDataException">Missing, truncated, or of another network; the message names the file. The network is then unchanged.</exception>
    public static void Load(string path, torch.nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Fill(path, Safetensors.Read(path), network);
    }

    /// <summary>Fills a part of a network, such as the radiology branch of a teacher, from the tensors whose names start with its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="part">The part.</param>
    /// <param name="prefix">Such as <c>radiology.</c></param>
    /// <exception cref="InvalidDataException">As <see cref="Load"/>.</exception>
    public static void LoadPart(string path, torch.nn.Module part, string prefix)
    {
        ArgumentNullException.ThrowIfNull(part);
        var content = Safetensors.Read(path);
        var own = content.Tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);
        Fill(path, content with { Tensors = own }, part);
    }

    private static void Fill(string path, SafetensorsContent content, torch.nn.Module network)
    {
        var state = network.state_dict();
        ExpectedTensors.Require(content, path, state.ToDictionary(t => t.Key, t => (t.Value.dtype == torch.ScalarType.Int64 ? StoredType.I64 : StoredType.F32, t.Value.shape)));
        foreach (var (name, stored) in content.Tensors.Where(t => t.Value.Type == StoredType.F32))
        {
            ExpectedTensors.RequireSound(path, name, stored.Data);
        }

        foreach (var (name, tensor) in state)
        {
            TensorTransfer.Overwrite(tensor, content.Tensors[name]);
        }
    }
}
