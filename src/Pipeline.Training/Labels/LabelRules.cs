namespace MhdNet.Training.Labels;

/// <summary>Gathers the rows of a labels file and says what is wrong with them.</summary>
/// <param name="path">The file, for the sentences.</param>
/// <param name="types">The types that the options name; empty: any.</param>
internal sealed class LabelRules(string path, IReadOnlyList<string> types)
{
    private readonly List<PatientLabel> _patients = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Takes one row.</summary>
    public void Add(int line, string patient, string type, string split, string slices)
    {
        if (patient.Length == 0 && type.Length == 0 && split.Length == 0 && slices.Length == 0)
        {
            return;
        }

        if (patient.Length == 0)
        {
            Problem(line, "patient_id is empty. Write the patient's id or remove the line.");
        }
        else if (!_lines.TryAdd(patient, line))
        {
            Problem(line, $"patient {patient} is already on line {_lines[patient]}. Keep one of the two.");
        }

        _patients.Add(new PatientLabel(patient, type.Length == 0 ? null : Known(line, type), Split(line, split), Slices(line, slices), line));
    }

    /// <summary>The result, with what concerns the file as a whole.</summary>
    public LabelsRead Finish()
    {
        if (_patients.Count == 0)
        {
            _problems.Add($"{path} has no patient. Write one line a patient below the header.");
        }
        else if (_patients.All(patient => patient.Type is null))
        {
            _problems.Add($"{path} has {_patients.Count} patients, but none with a type. Training needs at least two labelled patients of each type.");
        }

        string[] named = types.Count > 0 ? [.. types] : [.. _patients.Select(patient => patient.Type).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return new LabelsRead(path, _patients, named, _problems);
    }

    /// <summary>The result of a file that cannot be read further.</summary>
    public LabelsRead Fail(string problem) => new(path, _patients, types, [.. _problems, problem]);

    private string Known(int line, string type)
    {
        if (type.Equals(LabelsRead.Other, StringComparison.OrdinalIgnoreCase))
        {
            Problem(line, "type other is not a tumour type: sequences without tumour follow from tumor_slices. Write the patient's tumour type, or leave it empty to have it predicted.");
        }
        else if (types.Count > 0 && !types.Contains(type))
        {
            Problem(line, $"type {type} is not known; the options name {string.Join(", ", types)}. Correct the label or the option types.");
        }

        return type;
    }

    private Split? Split(int line, string split)
    {
        switch (split.ToLowerInvariant())
        {
            case "":
                return null;
            case "train":
                return Labels.Split.Train;
            case "val":
                return Labels.Split.Val;
            case "test":
                return Labels.Split.Test;
            default:
                Problem(line, $"split {split} is not known. Write train, val, test, or leave it empty to have it drawn.");
                return null;
        }
    }

    private SliceRange? Slices(int line, string slices)
    {
        var range = slices.Length == 0 ? null : SliceRange.Parse(slices);
        if (slices.Length > 0 && range is null)
        {
            Problem(line, $"tumor_slices {slices} is not of the form first-last with first not above last, as in 40-72 (indices from 0, superior slice first, before trimming).");
        }

        return range;
    }

    private void Problem(int line, string sentence) => _problems.Add($"{path} line {line}: {sentence}");
}
