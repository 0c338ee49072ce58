using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Tests.Items;

public sealed class FolderPresenceTests
{
    [Fact]
    public void A_folder_is_there_when_it_can_be_listed_and_is_not_bare()
    {
        using var folder = new TemporaryFolder();
        Assert.False(FolderPresence.IsThere(folder["none"]));
        Directory.CreateDirectory(folder["drop"]);
        Assert.False(FolderPresence.IsThere(folder["drop"]));
        File.WriteAllText(folder["drop/.done"], "");
        Assert.True(FolderPresence.IsThere(folder["drop"]));
    }
}
