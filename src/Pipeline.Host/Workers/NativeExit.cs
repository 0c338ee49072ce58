using System.Runtime.InteropServices;

namespace MhdNet.Host.Workers;

/// <summary>Ends this process as it is. An orderly end takes native libraries down while their threads still compute, or asks for memory that there is not.</summary>
internal static partial class NativeExit
{
    /// <summary>Ends the process: no handler runs, and nothing is flushed.</summary>
    /// <param name="code">The exit code.</param>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Now(int code);
}
