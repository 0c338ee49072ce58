using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Sequences;

/// <summary>Makes the names in a folder durable: a file that was fsynced is lost with the power if its name was not.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <summary>fsync(2) of a folder.</summary>
    /// <exception cref="IOException">The system refused; the message has its number.</exception>
    public static void Sync(string folder)
    {
        var handle = Open(folder, ReadOnlyDirectory);
        if (handle < 0)
        {
            throw new IOException($"{folder} cannot be opened to make it durable (errno {Marshal.GetLastPInvokeError()}).");
        }

        var failed = Fsync(handle) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (failed)
        {
            throw new IOException($"{folder} cannot be made durable (errno {error}).", error);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
