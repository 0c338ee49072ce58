using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MhdNet.Training.Network;

/// <summary>How torch's threads wait for each other.</summary>
internal static partial class TorchThreads
{
    /// <summary>
    /// Torch's OpenMP threads spin while they wait. Beside the ingest workers that costs each step several times its duration (11 s instead of 2 s on two
    /// busy cores), so they sleep instead, unless the environment says otherwise. OpenMP reads the variable when it is loaded, hence this early and through libc.
    /// </summary>
#pragma warning disable CA2255 // Any later is too late: the first use of torch loads OpenMP.
    [ModuleInitializer]
    internal static void WaitWithoutSpinning()
#pragma warning restore CA2255
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetEnvironmentVariable("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
