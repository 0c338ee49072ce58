using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Drop;

/// <summary>Files → what they are.</summary>
public static class ProbeStream
{
    /// <summary>Probes files, several at once: slides by their content, all others by their header. A probe that throws or takes too long is an answer, too.</summary>
    /// <param name="files">Stable files.</param>
    /// <param name="names">Where they are.</param>
    /// <param name="probe">Reads headers.</param>
    /// <param name="settings">How many at once, and how long each.</param>
    /// <param name="time">The clock of the timeout.</param>
    public static Source<ProbedFile, NotUsed> Of(IReadOnlyList<FileToProbe> files, DropNames names, IFileProbe probe, DropSettings settings, TimeProvider time) =>
        Source.From(files).SelectAsyncUnordered(settings.ProbeParallelism, file => Ask(file, names, probe, settings.ProbeTimeout, time));

    private static async Task<ProbedFile> Ask(FileToProbe order, DropNames names, IFileProbe probe, TimeSpan timeout, TimeProvider time)
    {
        var file = order.File;
        var path = names.Absolute(file.Path);
        ProbeResult result;
        try
        {
            result = await Task.Run(() => order.Companions is { } companions ? Slide(path, companions, names) : probe.Probe(path)).WaitAsync(timeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            result = new ProbeResult.Unreadable(new Reason("probe-timeout", $"{file.Path}: reading its header took longer than {timeout.TotalSeconds:0} s. Check the disk or network share it is on."));
        }
#pragma warning disable CA1031 // Whatever a reader throws at a strange file, the file is at fault, and the others go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            result = new ProbeResult.Unreadable(new Reason("probe-failed", $"{file.Path} ({file.Size} bytes) could not be read: {e.Message} Copy it again, or look at the log."));
        }

        return new ProbedFile(file.Path, file.Size, file.Modified, names.Shown(file.Path, result));
    }

    private static ProbeResult Slide(string path, IReadOnlyList<ObservedFile> companions, DropNames names)
    {
        try
        {
            return new ProbeResult.Slide(SlideContent.Of(path, companions.Select(companion => names.Absolute(companion.Path))), DropItems.FormOf(companions));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ProbeResult.Unreadable(new Reason("unreadable", $"{path}: {e.Message} Check that the slide is there and that this program may read it."));
        }
    }
}
