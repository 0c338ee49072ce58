namespace MhdNet.Host.Status;

/// <summary>Keeps the host's note in a work folder up to date, and writes only what changed.</summary>
/// <param name="workFolder">The work folder.</param>
/// <param name="time">The clock.</param>
internal sealed class HostNotes(string workFolder, TimeProvider time)
{
    private HostNote? _last;
    private bool _written;

    /// <summary>Why the last note is not on the disk, or null. It is written again when it is said again.</summary>
    public string? Unwritten { get; private set; }

    /// <summary>Says what the host is doing. A note that cannot be written is said all the same: a full disk is what people must hear of.</summary>
    /// <returns>The note, where it says something new; null where it does not.</returns>
    public HostNote? Say(Activity activity, string doing, string? problem, IReadOnlyList<string>? degraded = null)
    {
        degraded ??= [];
        var isNew = _last is not { } last || (last.Activity, last.Doing, last.Problem) != (activity, doing, problem) || !last.Degraded.SequenceEqual(degraded);
        if (isNew)
        {
            (_last, _written) = (HostNote.Now(time, activity, doing, problem) with { Degraded = degraded }, false);
        }

        if (!_written)
        {
            Write(_last!);
        }

        return isNew ? _last : null;
    }

    private void Write(HostNote note)
    {
        try
        {
            note.Write(workFolder);
            (_written, Unwritten) = (true, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Unwritten = e.Message;
        }
    }
}
