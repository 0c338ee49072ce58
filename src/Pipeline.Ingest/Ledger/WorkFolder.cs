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

    private WorkFolder(string path, FileStream held) => (FullPath, _lock, Store) = (path, held, new SequenceStore(path));

    /// <summary>The folder's absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The ledger's file.</summary>
    public string LedgerPath => LedgerPathOf(FullPath);

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
    public static WorkFolder Open(string path, TimeProvider time, out Reconciliation found)
    {
        var full = Path.GetFullPath(path);
        LedgerFile.RequireUsable(LedgerPathOf(full)); // before anything is written into a folder of another version
        var held = Claim(full);
        try
        {
            WorkerPresence.AwaitNone(full, time);
            var folder = new WorkFolder(full, held);
            using var ledger = LedgerFile.Open(folder.LedgerPath);
            found = Reconciliation.Run(ledger, folder.Store, time.GetUtcNow());
            return folder;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

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
            return new FileStream(Path.Combine(full, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
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
