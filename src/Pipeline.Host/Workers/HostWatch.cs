using System.Runtime.InteropServices;

namespace MhdNet.Host.Workers;

/// <summary>
/// Ends this process as soon as its host is gone. The host holds the other end of standard input, which the kernel closes however the host ended. (PR_SET_PDEATHSIG would not do: it follows
/// the thread that started the process, and threads of a pool come and go.)
/// </summary>
internal static partial class HostWatch
{
    /// <summary>Begins to watch.</summary>
    /// <param name="input">Standard input, behind the orders.</param>
    public static void Begin(TextReader input) => new Thread(() =>
    {
        while (input.Read() >= 0)
        {
        }

        ExitNow(WorkerExit.Orphaned); // at once: what is staged goes when the folder is opened again
    })
    { IsBackground = true, Name = "host-watch" }.Start();

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
