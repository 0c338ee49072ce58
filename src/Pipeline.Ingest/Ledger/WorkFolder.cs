using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ledger;

/// <summary>
/// A work folder in the hands of one host: <c>ledger.db</c>, <c>sequences/</c>, <c>quality/</c>, <c>runs/</c>, <c>predictions/</c>, <c>staging/</c>, <c>requests/</c>.
/// While this object lives, no other host can open the same folder; the lock is the kernel's, so it goes with the process however that ends.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private static readonly string[] Layout = ["sequences", "quality", "runs", "predictions", "staging", "requests"];

    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held) => (FullPath, _lock, Mark, Store) = (path, held, HostMark.Leave(path), new SequenceStore(path));

    /// <summary>The folder's absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The ledger's file.</summary>
    public string LedgerPath => LedgerPathOf(FullPath);

    /// <summary>By what this host knows that the folder is still its own.</summary>
    public HostMark Mark { get; }

    /// <summary>The store of sequences.</summary>
    public SequenceStore Store { get; }

    /// <summary>The ledger's file of a work folder that need not be open.</summary>
    public static string LedgerPathOf(string workFolder) => Path.Combine(Path.GetFullPath(workFolder), "ledger.db");

    /// <summary>Opens a work folder; creates it where it is not there, and brings ledger and disk into agreement.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="found">What had to be set right.</param>
    /// <exception cref="WorkFolderException">Another host, or a worker of an earlier one, uses the folder, or it cannot be written.</exception>
    /// <exception cref="LedgerVersionException">Its ledger is not one, or a newer program's.</exception>
    public static WorkFolder Open(string path, TimeProvider time, out Reconciliation found) => Open(path, time, WorkerPresence.Patience, out found);

    /// <inheritdoc cref="Open(string, TimeProvider, out Reconciliation)"/>
    /// <param name="path">The folder.</param>
    /// <param name="time">The clock.</param>
    /// <param name="workers">How long to wait for workers of an earlier host to end.</param>
    /// <param name="found">What had to be set right.</param>
    public static WorkFolder Open(string path, TimeProvider time, TimeSpan workers, out Reconciliation found)
    {
        var full = Path.GetFullPath(path);
        LedgerFile.RequireUsable(LedgerPathOf(full)); // before anything is written into a folder of another version
        var held = Claim(full);
        try
        {
            WorkerPresence.AwaitNone(full, time, workers);
            var folder = new WorkFolder(full, held);
            using var ledger = LedgerFile.Open(folder.LedgerPath, folder.Mark);
            found = Reconciliation.Run(ledger, folder.Store, time.GetUtcNow());
            return folder;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Whether a host works on a folder now. Looks at the lock alone: the ledger must not be opened on a machine while it is open on another.</summary>
    public static bool IsInUse(string path)
    {
        var file = LockOf(Path.GetFullPath(path));
        try
        {
            using var free = File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1) : null;
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static string LockOf(string full) => Path.Combine(full, ".lock");

    private static FileStream Claim(string full)
    {
        try
        {
            Directory.CreateDirectory(full);
            foreach (var name in Layout)
            {
                Directory.CreateDirectory(Path.Combine(full, name));
            }

            var probe = Path.Combine(full, "staging", ".writable");
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorkFolderException($"The work folder {full} cannot be written: {e.Message} Give this user the right to write there, free some space, or choose another folder.", e);
        }

        try
        {
            return new FileStream(LockOf(full), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new WorkFolderException($"The work folder {full} cannot be written: {e.Message} Give this user the right to write there, or choose another folder.", e);
        }
        catch (IOException e)
        {
            throw new WorkFolderException($"The work folder {full} is in use by another mhdnet. Stop that one first, or choose another folder. ({e.Message})", e) { IsInUse = true };
        }
    }
}
