using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;
using MhdNet.Training.Results;

namespace MhdNet.Training.Tests.Results;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_left_of_a_run_that_never_began_goes_and_nothing_else()
    {
        var first = RunFolder.Create(_folder.Path, "tiny", new MhdOptions(), new Cohort(["A", "B"], []), TimeProvider.System);
        Directory.CreateDirectory(_folder["runs/.20260101-000000-tiny.new/checkpoints"]);
        Directory.CreateDirectory(_folder["runs/.snapshot"]); // somebody's own
        var second = RunFolder.Create(_folder.Path, "tiny", new MhdOptions(), new Cohort(["A", "B"], []), TimeProvider.System);

        Assert.Equal([first.Name, second.Name], RunFolder.All(_folder.Path).Select(run => run.Name));
        Assert.Equal([".snapshot", first.Name, second.Name], Directory.GetDirectories(_folder["runs"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
