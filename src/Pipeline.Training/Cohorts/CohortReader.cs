using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Labels;

namespace MhdNet.Training.Cohorts;

/// <summary>Joins the sequence store with the labels.</summary>
public static class CohortReader
{
    /// <summary>A CT sequence with at least so many of its frames inside the tumour slices shows tumour.</summary>
    public const int TumourFrames = 6;

    /// <summary>Reads every manifest of the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="labels">Labels without problems.</param>
    /// <param name="splits">The split of every labelled patient.</param>
    /// <param name="frames">Frames of a sequence; others take no part.</param>
    public static CohortRead Read(SequenceStore store, LabelsRead labels, SplitAssignment splits, int frames)
    {
        var rows = labels.Patients.ToDictionary(row => row.Patient, StringComparer.Ordinal);
        var ct = rows.Keys.ToDictionary(patient => patient, _ => new List<CtSequence>(), StringComparer.Ordinal);
        var slides = rows.Keys.ToDictionary(patient => patient, _ => new List<SlideSequence>(), StringComparer.Ordinal);
        var notes = new List<string>();
        var others = new SortedDictionary<int, int>();
        var strangers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in Items(store))
        {
            try
            {
                var manifest = store.ReadManifest<JsonElement, JsonElement>(item);
                if (!rows.TryGetValue(manifest.Patient, out var row))
                {
                    strangers.Add(manifest.Patient);
                }
                else if (manifest.Sequences.FirstOrDefault(sequence => sequence.Frames.Count != frames) is { } odd)
                {
                    others[odd.Frames.Count] = others.GetValueOrDefault(odd.Frames.Count) + 1;
                }
                else if (manifest.Kind == ItemKind.Ct)
                {
                    ct[row.Patient].AddRange(CtOf(store.ReadManifest<CtFrame, JsonElement>(item), row, labels.Types));
                }
                else
                {
                    slides[row.Patient].AddRange(manifest.Sequences.Select(entry => new SlideSequence(row.Patient, PathOf(item, entry.File))));
                }
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                notes.Add(e.Message);
            }
        }

        notes.AddRange(others.Select(other => $"{Counted.Of(other.Value, "item")} in the store {(other.Value == 1 ? "has" : "have")} sequences of {other.Key} frames, and the option frames is {frames}: they take no part. Train with frames={other.Key}."));
        if (strangers.Count > 0)
        {
            notes.Add($"{strangers.Count} patients have sequences but no line in {labels.Path} and take no part ({string.Join(", ", strangers.Take(5))}{(strangers.Count > 5 ? ", …" : "")}). A line with an empty type has a patient predicted.");
        }

        var patients = rows.Values.OrderBy(row => row.Patient, StringComparer.Ordinal)
            .Select(row => new CohortPatient(row.Patient, splits.Splits[row.Patient], TypeOf(row, labels.Types), ct[row.Patient], slides[row.Patient]));
        return new CohortRead(new Cohort(labels.Types, [.. patients]), notes);
    }

    /// <summary>The label of a CT sequence: its patient's type, or <c>other</c> (K) with fewer than <see cref="TumourFrames"/> frames inside the tumour slices.</summary>
    public static int LabelOf(IReadOnlyList<CtFrame> frames, PatientLabel row, IReadOnlyList<string> types) =>
        row is { Type: not null, TumorSlices: { } tumour } && frames.Count(frame => tumour.Contains(frame.Slice)) < TumourFrames ? types.Count : TypeOf(row, types);

    private static IEnumerable<CtSequence> CtOf(Manifest<CtFrame, JsonElement> manifest, PatientLabel row, IReadOnlyList<string> types) =>
        manifest.Sequences.Select(entry => new CtSequence(row.Patient, PathOf(new ItemId(manifest.Item), entry.File), LabelOf(entry.Frames, row, types)));

    private static IEnumerable<ItemId> Items(SequenceStore store)
    {
        var folder = new DirectoryInfo(Path.Combine(store.WorkFolder, "sequences"));
        return folder.Exists
            ? folder.EnumerateDirectories().Select(item => new ItemId(item.Name)).Where(store.Contains).OrderBy(item => item.Value, StringComparer.Ordinal)
            : [];
    }

    private static string PathOf(ItemId item, string file) => $"sequences/{item}/{file}";

    private static int TypeOf(PatientLabel row, IReadOnlyList<string> types)
    {
        for (var k = 0; k < types.Count; k++)
        {
            if (types[k] == row.Type)
            {
                return k;
            }
        }

        return -1;
    }
}
