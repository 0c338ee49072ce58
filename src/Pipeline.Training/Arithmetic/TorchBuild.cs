using System.Globalization;
using System.Text.RegularExpressions;
using TorchSharp;

namespace MhdNet.Training.Arithmetic;

/// <summary>Versions of the libraries that compute, as torch was built with them.</summary>
/// <param name="Torch">Torch itself.</param>
/// <param name="OneDnn">Convolutions on the processor; empty where torch does not tell.</param>
/// <param name="Mkl">Matrix products on the processor; empty where torch does not tell.</param>
public sealed partial record TorchBuild(string Torch, string OneDnn, string Mkl)
{
    /// <summary>Asks torch.</summary>
    public static TorchBuild Read() => Of(torch.__version__, TorchNative.Description());

    /// <summary>Reads torch's own description of its build, <c>at::show_config()</c>.</summary>
    internal static TorchBuild Of(string version, string description) => new(
        version, OneDnnVersion().Match(description).Groups[1].Value, MklVersion().Match(description).Groups[1].Value);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"torch {Torch}, oneDNN {(OneDnn.Length > 0 ? OneDnn : "unknown")}, MKL {(Mkl.Length > 0 ? Mkl : "unknown")}");

    [GeneratedRegex(@"(?:MKL-DNN|oneDNN) v(\d[\w.]*)")]
    private static partial Regex OneDnnVersion();

    [GeneratedRegex(@"Math Kernel Library Version (\d[\w.]*)")]
    private static partial Regex MklVersion();
}
