using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>Whether there is room on the disk of the work folder to begin anything.</summary>
/// <param name="folder">The work folder.</param>
/// <param name="minFree">Bytes that must be free; 0: no matter how few.</param>
/// <param name="free">Bytes that are free; null: asks the system.</param>
public sealed class DiskWatermark(string folder, long minFree, Func<long>? free = null)
{
    /// <summary>Why nothing may begin now, or null.</summary>
    public Reason? Low()
    {
        var left = minFree > 0 ? free?.Invoke() ?? new DriveInfo(folder).AvailableFreeSpace : long.MaxValue;
        return left >= minFree ? null : new Reason("disk-low", FormattableString.Invariant(
            $"The disk of {folder} has {left / 1e6:0} MB free, where {minFree / 1e6:0} MB are asked for (mhdnet.ledger.min-free). Reading pauses and goes on by itself as soon as there is room."));
    }
}
