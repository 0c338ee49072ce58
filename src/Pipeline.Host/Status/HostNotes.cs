namespace MhdNet.Host.Status;

/// <summary>Keeps the host's note in a work folder up to date, and writes only what changed.</summary>
/// <param name="workFolder">The work folder.</param>
/// <param name="time">The clock.</param>
internal sealed class HostNotes(string workFolder, TimeProvider time)
{
    private HostNote? _last;

    /// <summary>Says what the host is doing.</summary>
    /// <exception cref="IOException">The note cannot be written.</exception>
    /// <returns>The note, where it says something new; null where it does not.</returns>
    public HostNote? Say(Activity activity, string doing, string? problem)
    {
        if (_last is { } last && (last.Activity, last.Doing, last.Problem) == (activity, doing, problem))
        {
            return null;
        }

        var note = HostNote.Now(time, activity, doing, problem);
        note.Write(workFolder);
        return _last = note;
    }
}
