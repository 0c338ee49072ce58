using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace MhdNet.Training.Labels;

/// <summary>
/// Reads <c>labels.csv</c>: columns <c>patient_id</c>, <c>type</c> (empty: to be predicted) and, optional, <c>split</c> (<c>train</c>, <c>val</c>, <c>test</c> or
/// empty: drawn) and <c>tumor_slices</c> (<c>first-last</c>). Columns of other names are left alone. Comma or semicolon.
/// </summary>
public static class LabelsFile
{
    private static readonly string[] Required = ["patient_id", "type"];
    private static readonly string[] Optional = ["split", "tumor_slices"];

    /// <summary>Reads the file; never throws for what is in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="types">The types that the options name; empty: those of the file, in alphabetical order.</param>
    public static LabelsRead Read(string path, IReadOnlyList<string> types)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(path, text, types);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LabelsRead(path, [], types, [$"{path} cannot be read: {e.Message} Put a labels.csv with the columns patient_id,type there."]);
        }
    }

    private static LabelsRead Read(string path, StreamReader text, IReadOnlyList<string> types)
    {
        var separator = text.Peek() < 0 ? "," : FirstSeparator(path);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator,
            TrimOptions = TrimOptions.Trim,
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
        };
        using var csv = new CsvReader(text, configuration);
        var rules = new LabelRules(path, types);
        try
        {
            if (!csv.Read() || !csv.ReadHeader())
            {
                return rules.Fail($"{path} is empty. Its first line must name the columns: patient_id,type[,split][,tumor_slices].");
            }

            string[] header = [.. (csv.HeaderRecord ?? []).Select(name => name.Trim().ToLowerInvariant())];
            if (HeaderProblem(header) is { } problem)
            {
                return rules.Fail($"{path} line 1: {problem}");
            }

            while (csv.Read())
            {
                rules.Add(csv.Parser.RawRow, Field(csv, header, "patient_id"), Field(csv, header, "type"), Field(csv, header, "split"), Field(csv, header, "tumor_slices"));
            }
        }
        catch (CsvHelperException e)
        {
            return rules.Fail($"{path} line {csv.Parser.RawRow}: not a valid line of a CSV file ({e.Message.Split('\n')[0].Trim()}). Look for an unclosed quotation mark.");
        }

        return rules.Finish();
    }

    private static string? HeaderProblem(string[] header)
    {
        if (Required.Where(name => !header.Contains(name)).ToArray() is { Length: > 0 } missing)
        {
            return $"column {string.Join(" and ", missing)} is missing; the columns are {string.Join(", ", header)}. Name them patient_id,type[,split][,tumor_slices].";
        }

        if (header.Where(name => name.Length > 0).GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"column {twice.Key} is there {twice.Count()} times. Keep one.";
        }

        // A misspelt optional column must not pass as one that is absent: every slice would count as tumour.
        var misspelt = Optional.Where(name => !header.Contains(name)).SelectMany(name => header.Where(h => h.StartsWith(name[..4], StringComparison.Ordinal)).Select(h => (name, h))).FirstOrDefault();
        return misspelt.h is null ? null : $"column {misspelt.h} is not known. Write {misspelt.name} if that is meant, or give it another name.";
    }

    private static string Field(CsvReader csv, string[] header, string name) => header.Contains(name) ? csv.GetField(name) ?? "" : "";

    private static string FirstSeparator(string path) => File.ReadLines(path).First() is var line && line.Contains(';', StringComparison.Ordinal) && !line.Contains(',', StringComparison.Ordinal) ? ";" : ",";
}
