using FsCheck.Xunit;
using MhdNet.Training.Metrics;

namespace MhdNet.Training.Tests.Metrics;

public sealed class ScoresTests
{
    private static readonly string[] Types = ["A", "B", "C"];

    /// <summary>Sixteenths; expected values were computed apart, with fractions, from the definitions.</summary>
    private static readonly (int Label, int[] Sixteenths)[] Example =
    [
        (0, [11, 2, 2, 1]), (0, [3, 8, 4, 1]), (0, [2, 2, 3, 9]), (1, [3, 10, 2, 1]), (1, [7, 5, 3, 1]), (2, [2, 2, 11, 1]), (2, [5, 2, 8, 1]), (2, [8, 3, 4, 1]),
    ];

    [Fact]
    public void The_example_has_the_values_of_the_definitions()
    {
        var scores = Scores.Of([.. Example.Select(one => Judge(one.Label, one.Sixteenths))], Types);
        Assert.Equal(8, scores.Count);
        Near(1.0 / 2, scores.MAcc);
        Near(11.0 / 18, scores.Precision);
        Near(1.0 / 2, scores.Recall);
        Near(49.0 / 90, scores.F1);
        Near(1.0 / 6, scores.Qwk);
        Assert.Equal([17.0 / 30, 11.0 / 12, 9.0 / 10], scores.AucByType.Select(area => area!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Near(((17.0 / 30) + (11.0 / 12) + (9.0 / 10)) / 3, scores.Auc);
        Assert.Equal([[1, 1, 0, 1], [1, 1, 0, 0], [1, 0, 2, 0]], scores.Confusion);
    }

    [Fact]
    public void An_absent_type_is_named_and_left_out()
    {
        var scores = Scores.Of([Judge(0, [16, 0, 0, 0]), Judge(1, [0, 16, 0, 0])], Types);
        Assert.Equal(["C"], scores.Absent);
        Near(1, scores.F1);
        Near(1, scores.Auc);
        Assert.Null(scores.AucByType[2]);
    }

    [Fact]
    public void Nothing_judged_has_no_scores() => Assert.True(Scores.Of([], Types) is { Count: 0, MAcc: null, F1: null, Qwk: null, Auc: null, Absent.Count: 3 });

    [Fact]
    public void A_patient_is_the_mean_of_the_sequences_with_tumour()
    {
        SequencePrediction Sequence(double a, double b, double other) => new("P", "s", 0, [a, b, other]);
        var verdict = PatientVerdict.Of("P", [Sequence(0.1, 0.1, 0.8), Sequence(0.6, 0.2, 0.2), Sequence(0.2, 0.6, 0.2), Sequence(0.3, 0.1, 0.2)]);
        Assert.Equal((0, 3, 4), (verdict.Type, verdict.Used, verdict.Sequences));
        Near(1.1 / 2, verdict.Types![0]);
        var none = PatientVerdict.Of("P", [Sequence(0.1, 0.1, 0.8)]);
        Assert.True(none is { Type: null, Types: null, Used: 0 });
    }

    [Fact]
    public void A_patient_without_tumour_sequence_is_wrong_but_has_no_probability()
    {
        SequencePrediction[] predictions =
            [new("P1", "a", 0, [0.8, 0.1, 0.1]), new("P1", "b", 2, [0.1, 0.1, 0.8]), new("P2", "a", 1, [0.2, 0.7, 0.1]), new("P3", "a", 1, [0.2, 0.2, 0.6])];
        var evaluation = Evaluation.Of(predictions, new Dictionary<string, int> { ["P1"] = 0, ["P2"] = 1, ["P3"] = 1 }, ["A", "B"], 0, 1);
        var patients = evaluation.Patients.Scores;
        Assert.Equal([[1, 0, 0], [0, 1, 1]], patients.Confusion);
        Assert.Equal((3, 1), (patients.Count, patients.WithoutTumour));
        Near(1, patients.Auc);
        Assert.Equal((3, 1), (evaluation.Sequences.Scores.Count, evaluation.OtherCount));
        Near(1, evaluation.OtherAccuracy);
    }

    [Property]
    public bool The_order_does_not_matter(byte[] values, int seed)
    {
        var judged = Random(values);
        var shuffled = judged.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Text(Scores.Of(judged, Types)) == Text(Scores.Of(shuffled, Types));
    }

    [Property]
    public bool Perfect_predictions_score_one(byte[] labels)
    {
        var scores = Scores.Of([.. labels.Select(label => Judge(label % 3, [.. Enumerable.Range(0, 4).Select(k => k == label % 3 ? 13 : 1)]))], Types);
        return labels.Length == 0 || (scores is { MAcc: 1, F1: 1 } && (scores.Absent.Count == 2 ? scores is { Qwk: null, Auc: null } : scores is { Qwk: 1, Auc: 1 }));
    }

    [Property]
    public bool The_area_is_the_share_of_pairs_in_order(byte[] values)
    {
        (bool Positive, double Score)[] scored = [.. values.Select(value => (value % 2 == 0, value / 2 % 7 / 7.0))];
        double[] pairs = [.. from p in scored where p.Positive from n in scored where !n.Positive select p.Score > n.Score ? 1 : p.Score == n.Score ? 0.5 : 0.0];
        var curve = RocCurve.Of(scored);
        return pairs.Length == 0 ? curve is null : Math.Abs(curve!.Area - pairs.Average()) < 1e-9 && curve.TruePositiveRate[^1] == 1 && curve.FalsePositiveRate[^1] == 1;
    }

    [Fact]
    public void Intervals_hold_the_value_and_depend_on_the_seed_alone()
    {
        Judged[][] patients = [.. Enumerable.Range(0, 40).Select(n => Example.Skip(n % 4).Take(3).Select(one => Judge(one.Label, one.Sixteenths)).ToArray())];
        var table = Table.Of(patients, Types, 400, 1);
        Assert.All(table.Intervals, pair => Assert.True(pair.Value!.Low < pair.Value.High, pair.Key));
        Assert.InRange(table.Scores.MAcc!.Value, table.Intervals["m_acc"]!.Low, table.Intervals["m_acc"]!.High);
        Assert.Equal(table.Intervals, Table.Of(patients, Types, 400, 1).Intervals);
        Assert.NotEqual(table.Intervals["auc"], Table.Of(patients, Types, 400, 2).Intervals["auc"]);
        Assert.All(Table.Of(patients[..1], Types, 400, 1).Intervals, pair => Assert.Null(pair.Value));
    }

    [Fact]
    public void An_interval_of_a_share_is_as_wide_as_theory_says()
    {
        // 100 patients, 80 right: the standard error is 0.04, so 95 % lie within 0.08 of 0.8.
        Judged[][] patients = [.. Enumerable.Range(0, 100).Select(n => new[] { Judge(0, n < 80 ? [16, 0, 0, 0] : [0, 16, 0, 0]) })];
        var interval = Table.Of(patients, Types, 2000, 1).Intervals["m_acc"]!;
        Assert.InRange(interval.Low, 0.70, 0.74);
        Assert.InRange(interval.High, 0.86, 0.90);
    }

    [Fact]
    public void Validation_counts_tumours_for_accuracy_and_all_for_the_loss()
    {
        var score = ValidationScore.Of([new("P", "a", 0, [0.5, 0.25, 0.25]), new("P", "b", 2, [0.5, 0.25, 0.25])], 2);
        Near(1, score.MAcc);
        Near((Math.Log(2) + Math.Log(4)) / 2, score.Loss);
        Assert.Equal(new ValidationScore(null, null), ValidationScore.Of([], 2));
    }

    private static Judged Judge(int label, int[] sixteenths) => Judged.Of(new SequencePrediction("P", "s", label, [.. sixteenths.Select(n => n / 16.0)]));

    private static Judged[] Random(byte[] values) => [.. values.Select(value => Judge(value % 3, [value % 5, value % 7, value % 11, value % 4]))];

    private static string Text(Scores s) => FormattableString.Invariant($"{s.MAcc:0.000000} {s.F1:0.000000} {s.Qwk:0.000000} {s.Auc:0.000000} {string.Join(',', s.Confusion.SelectMany(row => row))}");

    private static void Near(double expected, double? actual) => Assert.Equal(expected, actual!.Value, 9);
}
