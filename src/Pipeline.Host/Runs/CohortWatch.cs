using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Host.Runs;

/// <summary>Labels and store joined; read again only when one of the two changed.</summary>
/// <param name="store">The store.</param>
/// <param name="labelsFile">The labels; need not be there yet.</param>
/// <param name="options">Types and shares.</param>
/// <param name="minimumPatients">Training patients each type needs.</param>
internal sealed class CohortWatch(SequenceStore store, string labelsFile, MhdOptions options, int minimumPatients)
{
    private CohortView _view = CohortView.WithoutLabels;
    private (DateTime Changed, long Length)? _labels;
    private bool _storeChanged = true;

    private int _frames = options.Frames;

    /// <summary>A run goes on: its sequences are as long as it says.</summary>
    public void Follow(MhdOptions run) => (_frames, _storeChanged) = (run.Frames, true);

    /// <summary>Something was committed to the store, or left it.</summary>
    public void StoreChanged() => _storeChanged = true;

    /// <summary>What is there now.</summary>
    public CohortView Read()
    {
        var file = new FileInfo(labelsFile);
        var labels = file.Exists ? (file.LastWriteTimeUtc, file.Length) : ((DateTime, long)?)null;
        if (labels != _labels || _storeChanged)
        {
            _view = labels is null ? CohortView.WithoutLabels : Join();
            (_labels, _storeChanged) = (labels, false);
        }

        return _view;
    }

    private CohortView Join()
    {
        var labels = LabelsFile.Read(labelsFile, options.Types);
        if (!labels.IsUsable)
        {
            return new CohortView(true, string.Join(Environment.NewLine, labels.Problems), null, null, []);
        }

        var splits = SplitRules.Assign(labels, options.TestShare, options.ValidationShare, options.Seed);
        if (splits.Problems.Count > 0)
        {
            return new CohortView(true, string.Join(Environment.NewLine, splits.Problems), null, null, []);
        }

        var read = CohortReader.Read(store, labels, splits, _frames);
        return new CohortView(true, null, read.Cohort, Readiness.Of(read.Cohort, minimumPatients), read.Notes);
    }
}
