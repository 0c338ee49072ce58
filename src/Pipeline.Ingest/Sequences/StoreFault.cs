using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Sequences;

/// <summary>Which of the system's errors mean that the disk of the work folder is full.</summary>
public static class StoreFault
{
    private const int NoSpace = 28, QuotaExceeded = 122;

    /// <summary>Whether a write failed for want of room: ENOSPC or EDQUOT.</summary>
    public static bool IsFull(Exception error) => error is IOException && (error.HResult & 0xFFFF) is NoSpace or QuotaExceeded;

    /// <summary>The reason's code for an error of reading or writing files.</summary>
    public static string Code(Exception error) => IsFull(error) ? LedgerRules.DiskFull : "io";
}
