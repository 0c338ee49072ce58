using Akka.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Host.Hosting;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Options;

namespace MhdNet.Host.Tests.Hosting;

public sealed class WorkLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkFolder _work;

    public WorkLabelsTests() => _work = WorkFolder.Open(_folder["work"], TimeProvider.System, out _);

    public void Dispose()
    {
        _work.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Labels_that_a_host_read_are_those_of_later_commands()
    {
        File.WriteAllText(_folder["labels.csv"], "patient_id,type\nP1,A\n");
        Remember(_folder["labels.csv"]);

        Assert.Equal("patient_id,type\nP1,A\n", File.ReadAllText(Given(null)));
        Assert.Equal(_folder["others.csv"], Given(new FileInfo(_folder["others.csv"])));
    }

    [Fact]
    public void The_newest_labels_are_remembered()
    {
        File.WriteAllText(_folder["old.csv"], "old");
        File.WriteAllText(_folder["new.csv"], "new");
        Remember(_folder["old.csv"]);
        Remember(_folder["new.csv"]);
        Remember(Given(null)); // read through the link: it must not become a link to itself

        Assert.Equal("new", File.ReadAllText(Given(null)));
    }

    [Fact]
    public void A_file_that_someone_put_there_is_kept()
    {
        File.WriteAllText(Path.Combine(_work.FullPath, "labels.csv"), "mine");
        File.WriteAllText(_folder["labels.csv"], "theirs");
        Remember(_folder["labels.csv"]);

        Assert.Equal("mine", File.ReadAllText(Given(null)));
    }

    [Fact]
    public void Where_there_are_none_the_option_is_asked_for() =>
        Assert.Equal($"{_work.FullPath} was not run with labels yet. Give them with --labels.", Assert.Throws<InputException>(() => Given(null)).Message);

    [Fact]
    public void Labels_that_went_away_are_named()
    {
        Remember(_folder["labels.csv"]);

        Assert.Contains($"{_folder["labels.csv"]}, are not there any more", Assert.Throws<InputException>(() => Given(null)).Message, StringComparison.Ordinal);
    }

    private void Remember(string labels) => WorkLabels.Remember(new HostPlan(null, _work, labels, "tiny", new MhdOptions(), Once: true, ConfigurationFactory.Empty));

    private string Given(FileInfo? labels) => WorkLabels.Given(labels, new DirectoryInfo(_work.FullPath));
}
