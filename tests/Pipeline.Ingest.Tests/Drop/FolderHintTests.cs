using MhdNet.Ingest.Drop;

namespace MhdNet.Ingest.Tests.Drop;

public sealed class FolderHintTests : ActorTest
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void It_tells_once_until_it_is_asked_again()
    {
        Directory.CreateDirectory(_folder["p1"]);
        using var hint = FolderHint.Begin(_folder.Path, TestActor);
        Assert.NotNull(hint);
        File.WriteAllText(_folder["p1/a"], "1");
        ExpectMsg<FolderHint.Moved>();
        File.WriteAllText(_folder["p1/b"], "1");
        ExpectNoMsg(TimeSpan.Zero);
        hint.Ask();
        File.WriteAllText(_folder["p1/c"], "1");
        ExpectMsg<FolderHint.Moved>();
    }

    [Fact]
    public void Where_there_is_no_folder_there_is_no_hint() => Assert.Null(FolderHint.Begin(_folder["missing"], TestActor));

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }
}
