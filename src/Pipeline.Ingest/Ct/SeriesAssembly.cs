using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// One series on its way into the store: takes the decoded slices of one sequence after the other, each sequence's in order. Holds one sequence at a time, and thumbnails.
/// Disposed before <see cref="Commit"/>, it leaves nothing behind.
/// </summary>
internal sealed class SeriesAssembly(Job job, SeriesPlan plan, CtSettings settings, SequenceStore store) : IDisposable
{
    private readonly SequenceWriter _writer = store.Stage(job.Item);
    private readonly List<SequenceEntry<CtFrame>> _entries = [];
    private readonly Montage _montage = new(settings.WindowLow, settings.WindowHigh);
    private readonly Dictionary<int, short[]> _decoded = [];
    private Reason? _failure;
    private bool _disposed;

    /// <summary>Takes the next slice; the first that could not be decoded decides the outcome.</summary>
    public SeriesAssembly Add(Reading<short[]> frame)
    {
        _failure ??= frame.Reason;
        if (_failure is null)
        {
            var slices = plan.SlicesOf(_entries.Count);
            _decoded.Add(slices[_decoded.Count], frame.Value!);
            if (_decoded.Count == slices.Count)
            {
                CleaningUp(Write);
                _decoded.Clear();
            }
        }

        return this;
    }

    /// <summary>Makes the item visible, or tells why not.</summary>
    public Outcome Commit()
    {
        if (_failure is not null)
        {
            Dispose();
            return SeriesFault.Outcome(_failure);
        }

        CleaningUp(() =>
        {
            _writer.AddPicture(_montage.ToJpeg());
            _writer.Commit(new Manifest<CtFrame, CtSource>(job.Item.Value, ItemKind.Ct, job.Patient, Software.Name, _entries, plan.Source));
        });
        return new Outcome.Done(_entries.Count, plan.Source.Notes.Count > 0 ? string.Join("; ", plan.Source.Notes) : null);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _writer.Dispose();
        }
    }

    /// <summary>Before the failure is known outside: the next attempt may stage the same item at once.</summary>
    private void CleaningUp(Action write)
    {
        try
        {
            write();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Write()
    {
        var (places, about) = (plan.Places[_entries.Count], plan.FramesOf(_entries.Count));
        var frames = new short[places.Count][];
        for (var i = 0; i < frames.Length; i++)
        {
            var lower = Math.Floor(places[i]);
            frames[i] = ZResample.Between(_decoded[(int)lower], _decoded[(int)Math.Ceiling(places[i])], places[i] - lower);
            _montage.Add(frames[i], about[i].Slice, about[i].ZMm);
        }

        _entries.Add(new SequenceEntry<CtFrame>(_writer.Add(frames, frames.Length, settings.Size, settings.Size), about));
        foreach (var frame in frames.Concat(_decoded.Values).ToHashSet<short[]>(ReferenceEqualityComparer.Instance))
        {
            SpareFrames.Keep(frame);
        }
    }
}
