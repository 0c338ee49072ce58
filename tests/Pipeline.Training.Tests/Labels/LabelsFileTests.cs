using MhdNet.Training.Labels;

namespace MhdNet.Training.Tests.Labels;

public sealed class LabelsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_file_is_read()
    {
        var read = Read("patient_id,type,split,tumor_slices\nP1,LUSC,train,10-40\nP2,LUAD,,\nP3,,,\n");
        Assert.Empty(read.Problems);
        Assert.Equal(["LUAD", "LUSC"], read.Types);
        Assert.Equal(new PatientLabel("P1", "LUSC", Split.Train, new SliceRange(10, 40), 2), read.Patients[0]);
        Assert.Equal(new PatientLabel("P3", null, null, null, 4), read.Patients[2]);
    }

    [Theory]
    [InlineData("\uFEFFPatient_ID;Type\nP1;A\nP2;\"A\"\n")]
    [InlineData("type,patient_id,age\r\nA,P1,60\r\n\r\n A , P2 ,61\r\n")]
    public void Spellings_of_spreadsheets_are_read(string text) => Assert.Equal([("P1", "A"), ("P2", "A")], Read(text).Patients.Select(row => (row.Patient, row.Type!)));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("patient_id,type\n", "has no patient")]
    [InlineData("patient_id,type\nP1,\nP2,\n", "2 patients, but none with a type")]
    [InlineData("patient,type\nP1,A\n", "line 1: column patient_id is missing; the columns are patient, type")]
    [InlineData("patient_id,type,tumour_slices\nP1,A,1-2\n", "line 1: column tumour_slices is not known. Write tumor_slices")]
    [InlineData("patient_id,type,type\nP1,A,A\n", "line 1: column type is there 2 times")]
    [InlineData("patient_id,type\nP1,A\nP2,A\nP1,A\n", "line 4: patient P1 is already on line 2")]
    [InlineData("patient_id,type\n,A\n", "line 2: patient_id is empty")]
    [InlineData("patient_id,type\nP1,C\n", "line 2: type C is not known; the options name A, B")]
    [InlineData("patient_id,type\nP1,Other\n", "line 2: type other is not a tumour type")]
    [InlineData("patient_id,type,split\nP1,A,training\n", "line 2: split training is not known")]
    [InlineData("patient_id,type,tumor_slices\nP1,A,9-3\n", "line 2: tumor_slices 9-3 is not of the form")]
    [InlineData("patient_id,type,tumor_slices\nP1,A,12\n", "line 2: tumor_slices 12 is not of the form")]
    [InlineData("patient_id,type\nP1,A\nP2\"x\"y,A\n", "line 3: not a valid line of a CSV file")]
    public void A_faulty_file_says_where_and_what(string text, string problem)
    {
        var read = Read(text, "A", "B");
        Assert.False(read.IsUsable);
        Assert.Contains(read.Problems, sentence => sentence.Contains(problem, StringComparison.Ordinal) && sentence.Contains(_folder["labels.csv"], StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_told_at_once() => Assert.Equal(3, Read("patient_id,type,split\nP1,C,x\nP1,A,\n", "A").Problems.Count);

    [Fact]
    public void A_missing_file_is_a_problem() => Assert.Contains("cannot be read", Assert.Single(LabelsFile.Read(_folder["none.csv"], []).Problems), StringComparison.Ordinal);

    private LabelsRead Read(string text, params string[] types)
    {
        File.WriteAllText(_folder["labels.csv"], text);
        return LabelsFile.Read(_folder["labels.csv"], types);
    }
}
