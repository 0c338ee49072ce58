using MhdNet.Host.Commands;
using MhdNet.Ingest.Drop;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Host.Tests.Commands;

public sealed class LabelsCheckTests : IDisposable
{
    private const string Own = "patient_id,type,split\nP1,A,train\nP2,B,train\nP3,A,train\nP4,B,train\nP5,A,train\nP6,B,train\nP7,,\n";

    private readonly TemporaryFolder _folder = new();
    private readonly RunFolder _run;

    public LabelsCheckTests()
    {
        var labels = Read(Own);
        var options = new MhdOptions { ValidationShare = 0.3 }; // two of the six decide which epoch is best
        var splits = SplitRules.Assign(labels, options.TestShare, options.ValidationShare, options.Seed).Splits;
        var patients = labels.Patients.Select(row => new CohortPatient(row.Patient, splits[row.Patient], row.Type is null ? -1 : labels.Types.ToList().IndexOf(row.Type), [], []));
        _run = RunFolder.Create(_folder["work"], "tiny", options, new Cohort(labels.Types, [.. patients]), TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_labels_that_a_run_began_with_are_its_own() => LabelsCheck.RequireSame(_folder["labels.csv"], _run);

    [Theory]
    [InlineData("P2,B", "P2,A", "P2")]
    [InlineData("P7,,", "P7,A,test", "P7")]
    [InlineData("P7,,\n", "", "P7")]
    public void Labels_that_say_otherwise_are_refused_with_the_patient(string from, string to, string patient)
    {
        Read(Own.Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(patient, Assert.Throws<InputException>(() => LabelsCheck.RequireSame(_folder["labels.csv"], _run)).Message.Split("otherwise of")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_labels_names_nobody_where_ids_are_hidden()
    {
        Read(Own + "P1,B,test\n");
        var said = Assert.Throws<InputException>(() => LabelsCheck.RequireHidden(_folder["labels.csv"], new MhdOptions(), new Pseudonyms(new byte[16]))).Message;
        Assert.Contains($"{_folder["labels.csv"]} line 9: patient {new Pseudonyms(new byte[16]).Of("P1")} is already", said, StringComparison.Ordinal);
        Assert.DoesNotContain("P1 ", said, StringComparison.Ordinal);
    }

    private LabelsRead Read(string text)
    {
        File.WriteAllText(_folder["labels.csv"], text);
        return LabelsFile.Read(_folder["labels.csv"], []);
    }
}
