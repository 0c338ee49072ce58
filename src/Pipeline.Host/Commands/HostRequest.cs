using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Commands;

/// <summary>A change of the ledger: made here where no host works on the folder, and by the host, the one writer, where one does.</summary>
internal static class HostRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when it is done.</summary>
    /// <param name="work">The work folder.</param>
    /// <param name="here">Makes the change in this process.</param>
    /// <param name="post">Leaves a request for the host; gives its file, which the host removes when it is done.</param>
    /// <param name="command">The command's name, for messages.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="InputException">The folder cannot be written, or the host does not answer.</exception>
    public static async Task Carry(string work, Action<WorkFolder, LedgerFile> here, Func<string> post, string command, CancellationToken stop)
    {
        try
        {
            using var folder = WorkFolder.Open(work, TimeProvider.System, out _);
            using var ledger = LedgerFile.Open(folder.LedgerPath);
            here(folder, ledger);
        }
        catch (WorkFolderException e) when (e.IsInUse)
        {
            await Await(work, post(), command, stop).ConfigureAwait(false);
        }
        catch (WorkFolderException e)
        {
            throw new InputException(e.Message, ExitCode.Environment);
        }
    }

    private static async Task Await(string work, string request, string command, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            while (File.Exists(request))
            {
                await Task.Delay(Glance, patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            File.Delete(request);
            throw new InputException(
                $"Another mhdnet works on {work} and did not take the request within {Patience.TotalSeconds:0} s; its log may say why. Stop it, run '{command}' again, and start it again.", ExitCode.Failed);
        }
    }
}
