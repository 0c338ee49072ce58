using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;

namespace MhdNet.Training.Tests.Cohorts;

public sealed class CohortReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sequences_are_joined_with_labels()
    {
        // Slices 8 to 13 are six frames of the second sequence of eight; the first has none.
        var read = new SmallStore(_folder).Patient("P1", "A", tumour: "8-13").Patient("P2", "B").Patient("P3", "A", "test", slides: 0).Patient("P4", null).Patient("P5", "B", ct: 0, slides: 0).Cohort(0, 0);
        Assert.Empty(read.Notes);
        Assert.Equal([2, 0], Labels(read, "P1"));
        Assert.Equal([1, 1], Labels(read, "P2"));
        Assert.Equal([-1, -1], Labels(read, "P4"));
        Assert.Equal([("P1", Split.Train), ("P2", Split.Train), ("P3", Split.Test), ("P4", Split.Predict), ("P5", Split.Train)], read.Cohort.Patients.Select(patient => (patient.Patient, patient.Split)));
        Assert.All(read.Cohort.Patients.SelectMany(patient => patient.Ct), sequence => Assert.True(File.Exists(_folder[sequence.Path]), sequence.Path));
        Assert.Equal(2, read.Cohort.Patients[0].Slides.Count);
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(0, 4, 2)]
    [InlineData(11, 16, 0)]
    public void Six_frames_inside_make_a_tumour_sequence(int first, int last, int label)
    {
        // Frames of a resampled series lie between slices: 0, 0.7, 1.4 … 16.1.
        CtFrame[] frames = [.. Enumerable.Range(0, 24).Select(t => new CtFrame(t * 0.7, 0))];
        PatientLabel Row(int from, int to) => new("P", "A", null, new SliceRange(from, to), 1);
        Assert.Equal(label, CohortReader.LabelOf(label == 2 ? frames[..5] : frames, Row(first, last), ["A", "B"]));
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_and_a_patient_without_a_line_are_told()
    {
        var store = new SmallStore(_folder).Patient("P1", "A").Patient("P2", "A");
        var broken = store.Store.Folder(ItemId.OfSeries("P2", "1.2.3"));
        File.WriteAllText(Path.Combine(broken, "manifest.json"), "{ \"item\": ");
        var labels = store.Labels() with { Patients = [new PatientLabel("P2", "A", Split.Train, null, 2)] };
        var read = CohortReader.Read(store.Store, labels, new SplitAssignment(new Dictionary<string, Split> { ["P2"] = Split.Train }, []), 8);
        Assert.Equal(2, read.Notes.Count);
        Assert.Contains(broken, read.Notes[0], StringComparison.Ordinal);
        Assert.Contains("1 patients have sequences but no line", read.Notes[1], StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(read.Cohort.Patients).Slides.Count);
    }

    [Fact]
    public void Sequences_of_another_length_take_no_part_and_are_told()
    {
        var read = new SmallStore(_folder).Patient("P1", "A").Cohort(framesWanted: 16);

        Assert.Equal("2 items in the store have sequences of 8 frames, and the option frames is 16: they take no part. Train with frames=8.", Assert.Single(read.Notes));
        Assert.Empty(Assert.Single(read.Cohort.Patients).Ct);
    }

    [Fact]
    public void A_cohort_is_the_same_after_saving()
    {
        var cohort = new SmallStore(_folder).Patient("P1", "A").Patient("P2", "B", "test").Cohort().Cohort;
        var text = JsonSerializer.Serialize(cohort, WorkJson.Options);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<Cohort>(text, WorkJson.Options), WorkJson.Options));
    }

    [Fact]
    public void Readiness_says_what_is_missing_and_who_is_awaited()
    {
        var cohort = new SmallStore(_folder).Patient("A1", "A").Patient("A2", "A", ct: 0, slides: 0).Patient("B1", "B", slides: 0).Patient("B2", "B", ct: 0).Cohort(0, 0).Cohort;
        var ready = Readiness.Of(cohort, 1);
        Assert.True(ready.CanStart);
        Assert.Equal(["A2", "B2"], ready.Awaited);
        var notYet = Readiness.Of(cohort, 2);
        Assert.False(notYet.CanStart);
        Assert.Contains("Type B: 1 of its 2 training patients have a slide sequence, 2 needed.", notYet.Sentences);
        Assert.Contains("2 of 4 patients in the labels have no CT sequence yet: A2, B2.", notYet.Sentences);
    }

    private static int[] Labels(CohortRead read, string patient) => [.. read.Cohort.Patients.Single(one => one.Patient == patient).Ct.Select(sequence => sequence.Label)];
}
