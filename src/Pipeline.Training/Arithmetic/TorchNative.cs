using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;

namespace MhdNet.Training.Arithmetic;

/// <summary>
/// Functions of torch that TorchSharp does not pass on, by their mangled names. A build that does not export one is asked nothing.
/// </summary>
internal static unsafe class TorchNative
{
    /// <summary>Torch's own description of its build, <c>at::show_config()</c>; empty where it is not exported.</summary>
    public static string Description()
    {
        if (!TryFind("_ZN2at11show_configB5cxx11Ev", out var function))
        {
            return "";
        }

        // A std::string is returned through a hidden pointer: the address of the text, then its length. The text is not freed: a
        // kilobyte, once.
        var text = stackalloc nint[4];
        ((delegate* unmanaged<nint*, nint*>)function)(text);
        return Encoding.UTF8.GetString((byte*)text[0], (int)text[1]);
    }

    /// <summary>
    /// Takes NNPACK out of use, <c>at::Context::setUserEnabledNNPACK(false)</c>. Torch asks for it before each convolution that oneDNN
    /// does not take, and where the processor hides its caches each time prints that it cannot be used.
    /// </summary>
    public static void DisableNnpack()
    {
        if (TryFind("_ZN2at13globalContextEv", out var context) && TryFind("_ZN2at7Context20setUserEnabledNNPACKEb", out var enable))
        {
            ((delegate* unmanaged<nint, byte, void>)enable)(((delegate* unmanaged<nint>)context)(), 0);
        }
    }

    private static bool TryFind(string name, out nint function)
    {
        function = 0;
        return NativeLibrary.TryLoad("libtorch_cpu.so", typeof(torch).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, name, out function);
    }
}
