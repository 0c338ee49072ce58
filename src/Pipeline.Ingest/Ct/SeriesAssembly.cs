using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// One series on its way into the store: takes the decoded frames of one sequence after the other. Holds one sequence at a time, and thumbnails.
/// Disposed before <see cref="Commit"/>, it leaves nothing behind.
/// </summary>
internal sealed class SeriesAssembly(Job job, SeriesPlan plan, CtSettings settings, SequenceStore store) : IDisposable
{
    private readonly SequenceWriter _writer = store.Stage(job.Item);
    private readonly List<SequenceEntry<CtFrame>> _entries = [];
    private readonly Montage _montage = new(settings.WindowLow, settings.WindowHigh);
    private Reason? _failure;
    private bool _disposed;

    /// <summary>Takes the frames of the next sequence; the first that could not be decoded decides the outcome.</summary>
    public SeriesAssembly Add(IReadOnlyList<Reading<short[]>> frames)
    {
        _failure ??= frames.FirstOrDefault(f => !f.Ok)?.Reason;
        if (_failure is null)
        {
            CleaningUp(() => Write([.. frames.Select(f => f.Value!)]));
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

    private void Write(IReadOnlyList<short[]> decoded)
    {
        var frames = plan.Sequences.Resampled ? ZResample.Frames(decoded, settings.Frames) : decoded;
        var places = plan.FramesOf(_entries.Count, settings.Frames);
        var sequence = new short[settings.Frames * settings.Size * settings.Size];
        for (var i = 0; i < frames.Count; i++)
        {
            frames[i].CopyTo(sequence, i * settings.Size * settings.Size);
            _montage.Add(frames[i], places[i].Slice, places[i].ZMm);
        }

        _entries.Add(new SequenceEntry<CtFrame>(_writer.Add<short>(sequence, settings.Frames, settings.Size, settings.Size), places));
    }
}
