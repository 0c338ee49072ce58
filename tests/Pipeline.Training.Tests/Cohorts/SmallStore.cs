using System.Text;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;

namespace MhdNet.Training.Tests.Cohorts;

/// <summary>A sequence store with small real sequences, and a labels file beside it.</summary>
internal sealed class SmallStore(TemporaryFolder folder, int frames = 8, int size = 8)
{
    private readonly StringBuilder _labels = new("patient_id,type,split,tumor_slices\n");

    public SequenceStore Store { get; } = new(folder.Path);

    /// <summary>A patient with CT and slide sequences; grey values say which patient and sequence it is.</summary>
    public SmallStore Patient(string patient, string? type, string split = "", int ct = 2, int slides = 2, string tumour = "")
    {
        _labels.AppendLine($"{patient},{type},{split},{tumour}");
        if (ct > 0)
        {
            Ct(patient, ct);
        }

        if (slides > 0)
        {
            Slide(patient, slides);
        }

        return this;
    }

    public LabelsRead Labels(params string[] types)
    {
        File.WriteAllText(folder["labels.csv"], _labels.ToString());
        return LabelsFile.Read(folder["labels.csv"], types);
    }

    public CohortRead Cohort(double testShare = 0.25, double validationShare = 0.15, int? framesWanted = null)
    {
        var labels = Labels();
        Assert.Empty(labels.Problems);
        return CohortReader.Read(Store, labels, SplitRules.Assign(labels, testShare, validationShare, 1), framesWanted ?? frames);
    }

    private void Ct(string patient, int sequences)
    {
        var item = ItemId.OfSeries(patient, "1.2.3");
        using var writer = Store.Stage(item);
        var entries = new List<SequenceEntry<CtFrame>>();
        for (var s = 0; s < sequences; s++)
        {
            var hu = Enumerable.Range(0, frames * size * size).Select(i => (short)((patient[^1] * 7) + (s * 40) + (i % size) - 400)).ToArray();
            var file = writer.Add<short>([hu], frames, size, size);
            entries.Add(new SequenceEntry<CtFrame>(file, [.. Enumerable.Range(0, frames).Select(t => new CtFrame((s * frames) + t, -2.5 * t))]));
        }

        writer.Commit(new Manifest<CtFrame, string>(item.Value, ItemKind.Ct, patient, "test", entries, "none"));
    }

    private void Slide(string patient, int sequences)
    {
        var item = ItemId.OfSlide(patient, "slide.svs");
        using var writer = Store.Stage(item);
        var entries = new List<SequenceEntry<TileFrame>>();
        for (var s = 0; s < sequences; s++)
        {
            var rgb = Enumerable.Range(0, frames * size * size * 3).Select(i => (byte)(patient[^1] + s + (i % 3 * 50))).ToArray();
            entries.Add(new SequenceEntry<TileFrame>(writer.Add<byte>([rgb], frames, size, size, 3), [.. Enumerable.Range(0, frames).Select(t => new TileFrame(t * 224, 0, 224, 0.9))]));
        }

        writer.Commit(new Manifest<TileFrame, string>(item.Value, ItemKind.Slide, patient, "test", entries, "none"));
    }
}
