using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Metrics;
using MhdNet.Training.Results;

namespace MhdNet.Training.Tests.Results;

public sealed class PatientPredictionTests : IDisposable
{
    private static readonly CohortPatient Patient = new("P1", Split.Predict, -1, [Ct("000"), Ct("001")], []);

    private readonly TemporaryFolder _work = new();

    public PatientPredictionTests()
    {
        Directory.CreateDirectory(_work["sequences/item"]);
        Patient.Ct.ToList().ForEach(ct => File.WriteAllText(_work[ct.Path], ct.Name));
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_sequence_that_could_not_be_read_is_said_and_does_not_have_the_patient_typed_again()
    {
        var prediction = Predict(Patient.Ct[0]);
        Assert.Equal("B, from 1 of 1 CT sequences; 1 more could not be read", prediction.Verdict);
        Assert.True(prediction.IsUpToDate(Patient, _work.Path, "run"));
    }

    [Fact]
    public void Another_run_a_new_sequence_and_one_that_was_stored_again_each_ask_for_a_new_prediction()
    {
        var prediction = Predict([.. Patient.Ct]);
        Assert.True(prediction.IsUpToDate(Patient, _work.Path, "run"));
        Assert.False(prediction.IsUpToDate(Patient, _work.Path, "another"));
        Assert.False(prediction.IsUpToDate(Patient with { Ct = [.. Patient.Ct, Ct("002")] }, _work.Path, "run"));
        File.SetLastWriteTimeUtc(_work[Patient.Ct[1].Path], DateTime.UnixEpoch);
        Assert.False(prediction.IsUpToDate(Patient, _work.Path, "run"));
    }

    [Fact]
    public void It_is_the_same_after_it_was_written_and_read()
    {
        DurableFile.WriteJson(_work["P1.json"], Predict([.. Patient.Ct]));
        Assert.True(DurableFile.ReadJson<PatientPrediction>(_work["P1.json"]).IsUpToDate(Patient, _work.Path, "run"));
    }

    [Fact]
    public void One_of_an_older_program_that_does_not_name_its_sequences_is_made_again()
    {
        File.WriteAllText(_work["P1.json"], """{"patient":"P1","type":"B","verdict":"B","probabilities":{},"sequences":[],"run":"run","software":"","note":""}""");
        Assert.False(DurableFile.ReadJson<PatientPrediction>(_work["P1.json"]).IsUpToDate(Patient, _work.Path, "run"));
    }

    private PatientPrediction Predict(params CtSequence[] read) =>
        PatientPrediction.Of(Patient, _work.Path, [.. read.Select(ct => new SequencePrediction("P1", ct.Name, -1, [0.2, 0.7, 0.1]))], ["A", "B"], "run", "test");

    private static CtSequence Ct(string number) => new("P1", $"sequences/item/{number}.npy", -1);
}
