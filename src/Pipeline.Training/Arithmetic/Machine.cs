using System.Collections;
using TorchSharp;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// All that the last digits of a number depend on besides the program: the same machine takes the same way and gives the same bytes.
/// </summary>
/// <param name="Processor">The processor, as oneDNN sees it.</param>
/// <param name="Libraries">Versions of the libraries that compute.</param>
/// <param name="Device">Where networks are computed: <c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Threads">Torch's threads within one operation.</param>
/// <param name="Variables">Environment variables that steer the libraries, by name.</param>
public sealed record Machine(Processor Processor, TorchBuild Libraries, string Device, int Threads, IReadOnlyDictionary<string, string> Variables)
{
    private static readonly string[] Steering = ["ONEDNN_", "DNNL_", "MKL_", "ATEN_CPU_CAPABILITY", "OMP_NUM_THREADS"];

    /// <summary>This machine, for computing on a device.</summary>
    public static Machine Read(torch.Device device) => new(
        Processor.Read(), TorchBuild.Read(), device.ToString(), torch.get_num_threads(),
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => Array.Exists(Steering, prefix => variable.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToDictionary(variable => variable.Name, variable => variable.Value));
}
