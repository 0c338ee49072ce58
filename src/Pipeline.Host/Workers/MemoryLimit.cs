using System.Runtime.InteropServices;
using OpenCvSharp;

namespace MhdNet.Host.Workers;

/// <summary>
/// Bounds this process's memory. RLIMIT_DATA counts what the process may write and nobody shares, so the collector's reservation of address space, which RLIMIT_AS would count, is no matter.
/// The first allocation beyond it ends the process: after one has failed, nothing that native code holds can be trusted.
/// </summary>
internal static partial class MemoryLimit
{
    private const int Data = 2; // RLIMIT_DATA
    private const int NoMemory = -4; // OpenCV's StsNoMem

    /// <summary>Applies a limit to this process, for good.</summary>
    /// <param name="bytes">The limit; 0: none.</param>
    /// <exception cref="InvalidOperationException">The system refuses it.</exception>
    public static void Apply(long bytes)
    {
        if (bytes == 0)
        {
            return;
        }

        var last = System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"out of memory: this worker may use {bytes / 1e6:0} MB (mhdnet.dispatch.memory-limit)\n"));
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
        {
            if (thrown.Exception is OutOfMemoryException or OpenCVException { Status: (ErrorCode)NoMemory })
            {
                Write(2, last, last.Length);
                NativeExit.Now(WorkerExit.OutOfMemory);
            }
        };
        Write(2, last, 0); // bound now: later there may be no memory for it
        var limit = new Limit { Soft = (ulong)bytes, Hard = (ulong)bytes };
        if (SetLimit(Data, in limit) != 0)
        {
            throw new InvalidOperationException($"RLIMIT_DATA cannot be set to {bytes} bytes: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte[] bytes, nint count);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
