using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MhdNet.Training.Checkpoints;

/// <summary>The optimiser's state, with which training goes on exactly: <c>exp_avg.*</c>, <c>exp_avg_sq.*</c> and <c>step.*</c> of each parameter.</summary>
public static class AdamCheckpoint
{
    /// <summary>Writes the state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">Whose parameters, in their order, the optimiser was made for.</param>
    /// <param name="adam">The optimiser.</param>
    /// <param name="extra">What else of the training's state belongs to it.</param>
    public static void Save(string path, nn.Module network, Adam adam, IEnumerable<KeyValuePair<string, StoredTensor>> extra) =>
        Safetensors.Write(path, new Dictionary<string, string>(), States(network, adam).SelectMany(s => new[]
        {
            KeyValuePair.Create($"exp_avg.{s.Name}", TensorTransfer.ToStored(s.State.exp_avg)),
            KeyValuePair.Create($"exp_avg_sq.{s.Name}", TensorTransfer.ToStored(s.State.exp_avg_sq)),
            KeyValuePair.Create($"step.{s.Name}", new StoredTensor(StoredType.I64, [], BitConverter.GetBytes(s.State.step))),
        }).Concat(extra));

    /// <summary>Fills the state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">Whose parameters, in their order, the optimiser was made for.</param>
    /// <param name="adam">The optimiser.</param>
    /// <param name="extra">Shapes of what else belongs to it, all int64.</param>
    /// <returns>The extra tensors.</returns>
    /// <exception cref="InvalidDataException">Missing, truncated, or of another network; the message names the file. The state is then unchanged.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Load(string path, nn.Module network, Adam adam, IReadOnlyDictionary<string, long[]> extra)
    {
        var content = Safetensors.Read(path);
        var states = States(network, adam).ToArray();
        ExpectedTensors.Require(content, path, states.SelectMany(s => new[]
        {
            KeyValuePair.Create($"exp_avg.{s.Name}", (StoredType.F32, s.State.exp_avg.shape)),
            KeyValuePair.Create($"exp_avg_sq.{s.Name}", (StoredType.F32, s.State.exp_avg_sq.shape)),
            KeyValuePair.Create($"step.{s.Name}", (StoredType.I64, Array.Empty<long>())),
        }).Concat(extra.Select(e => KeyValuePair.Create(e.Key, (StoredType.I64, e.Value)))).ToDictionary());
        foreach (var (name, state) in states)
        {
            TensorTransfer.Overwrite(state.exp_avg, content.Tensors[$"exp_avg.{name}"]);
            TensorTransfer.Overwrite(state.exp_avg_sq, content.Tensors[$"exp_avg_sq.{name}"]);
            state.step = MemoryMarshal.Read<long>(content.Tensors[$"step.{name}"].Data);
        }

        return extra.Keys.ToDictionary(name => name, name => content.Tensors[name]);
    }

    private static IEnumerable<(string Name, Adam.State State)> States(nn.Module network, Adam adam)
    {
        var all = adam.state_dict();
        return network.named_parameters().Select((p, i) => (p.name, (Adam.State)all.State[all.StateIndexRef[0][i]]));
    }
}
