using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Streams;

/// <summary>One slide being processed, and everything native that it holds. Lives exactly as long as its stream.</summary>
internal sealed class SlideVisit : IDisposable
{
    private readonly Stack<IDisposable> _owned = [];

    public SlideVisit(Job job, SlideSettings settings, SequenceStore store, string? tilesCsv)
    {
        (Job, Settings, Store, TilesCsv) = (job, settings, store, tilesCsv);
        Readers = Own(new SlideReaders(settings.Parallelism, () => SlideFile.Open(Path)));
    }

    public Job Job { get; }

    public SlideSettings Settings { get; }

    public SequenceStore Store { get; }

    /// <summary>Where the table of tiles goes, or null.</summary>
    public string? TilesCsv { get; }

    public string Path => Job.Files[0];

    public SlideReaders Readers { get; }

    /// <summary>Disposes something with the visit.</summary>
    public T Own<T>(T resource)
        where T : IDisposable
    {
        lock (_owned)
        {
            _owned.Push(resource);
        }

        return resource;
    }

    /// <summary>Releases everything; a second call does nothing.</summary>
    public void Dispose()
    {
        lock (_owned)
        {
            while (_owned.TryPop(out var resource))
            {
                resource.Dispose();
            }
        }
    }
}
