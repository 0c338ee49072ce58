using FsCheck.Xunit;
using MhdNet.Training.Labels;

namespace MhdNet.Training.Tests.Labels;

public sealed class SplitRulesTests
{
    [Fact]
    public void Shares_hold_in_every_type()
    {
        var splits = SplitRules.Assign(Labels([.. Patients("A", 40), .. Patients("B", 8)]), 0.25, 0.15, 1).Splits;
        Assert.Equal((25, 5, 10), Counts(splits, "A"));
        Assert.Equal((5, 1, 2), Counts(splits, "B"));
    }

    [Fact]
    public void A_type_with_three_training_patients_gives_one_to_validation() =>
        Assert.Equal((2, 1, 1), Counts(SplitRules.Assign(Labels(Patients("A", 4)), 0.25, 0.01, 1).Splits, "A"));

    [Fact]
    public void What_the_file_says_stays()
    {
        PatientLabel[] rows = [Row("A1", "A", Split.Test), Row("A2", "A", Split.Test), Row("A3", "A", Split.Val), Row("A4", "A", Split.Train), Row("A5", "A", Split.Train), Row("A6", "A", Split.Train), Row("A7", null)];
        var splits = SplitRules.Assign(Labels(rows), 0.5, 0.5, 1).Splits;
        Assert.Equal((3, 1, 2), Counts(splits, "A"));
        Assert.Equal(Split.Predict, splits["A7"]);
    }

    [Fact]
    public void A_patient_who_joins_leaves_the_others_in_place()
    {
        var before = SplitRules.Assign(Labels(Patients("A", 40)), 0.25, 0.15, 1).Splits;
        var after = SplitRules.Assign(Labels(Patients("A", 41)), 0.25, 0.15, 1).Splits;
        Assert.True(before.Count(pair => after[pair.Key] != pair.Value) <= 2);
    }

    [Fact]
    public void A_type_that_cannot_be_trained_is_a_problem()
    {
        PatientLabel[] rows = [Row("A1", "A"), Row("B1", "B", Split.Test), Row("B2", "B", Split.Test), .. Patients("C", 2)];
        var problems = SplitRules.Assign(Labels(rows, "A", "B", "C", "D"), 0.25, 0.15, 1).Problems;
        Assert.Collection(
            problems,
            one => Assert.Contains("line 7: type A has a single patient (A1)", one, StringComparison.Ordinal),
            one => Assert.Contains("none of the 2 patients of type B is a training patient (B1: test, B2: test)", one, StringComparison.Ordinal),
            one => Assert.Contains("type D is named in the options, but no patient has it", one, StringComparison.Ordinal));
    }

    [Property]
    public bool The_order_of_rows_does_not_matter_and_every_type_is_trained(byte patients, byte seed, byte test, byte validation)
    {
        var rows = Patients("A", 2 + (patients % 60));
        var (testShare, validationShare) = (test / 256.0, validation / 256.0);
        var one = SplitRules.Assign(Labels(rows), testShare, validationShare, seed).Splits;
        var other = SplitRules.Assign(Labels([.. rows.Reverse()]), testShare, validationShare, seed).Splits;
        return one.Count == rows.Length && one.All(pair => other[pair.Key] == pair.Value) && one.Values.Contains(Split.Train);
    }

    private static (int Train, int Val, int Test) Counts(IReadOnlyDictionary<string, Split> splits, string type)
    {
        int Count(Split split) => splits.Count(pair => pair.Key.StartsWith(type, StringComparison.Ordinal) && pair.Value == split);
        return (Count(Split.Train), Count(Split.Val), Count(Split.Test));
    }

    private static PatientLabel[] Patients(string type, int count) => [.. Enumerable.Range(1, count).Select(n => Row($"{type}{n}", type))];

    private static PatientLabel Row(string patient, string? type, Split? split = null) => new(patient, type, split, null, 7);

    private static LabelsRead Labels(PatientLabel[] rows, params string[] types) =>
        new("labels.csv", rows, types.Length > 0 ? types : [.. rows.Select(row => row.Type).OfType<string>().Distinct()], []);
}
