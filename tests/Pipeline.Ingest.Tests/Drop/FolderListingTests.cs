using MhdNet.Ingest.Drop;

namespace MhdNet.Ingest.Tests.Drop;

public sealed class FolderListingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_files_at_any_depth_but_hidden_ones_and_labels()
    {
        foreach (var path in new[] { "p1/a.dcm", "p1/s/b.dcm", "c.svs", "labels.csv", "p1/labels.csv", ".hidden", "p1/.tmp/x.dcm", "p1/.c.svs.XYZ", "p1/s/.done" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
            File.WriteAllText(_folder[path], "12345");
        }

        var listing = FolderListing.Read(_folder.Path);
        Assert.Equal(["c.svs", "p1/a.dcm", "p1/labels.csv", "p1/s/b.dcm"], listing.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.All(listing.Files, file => Assert.Equal(5, file.Size));
        Assert.Equal(["p1/s"], listing.DoneFolders);
        Assert.Equal(File.GetLastWriteTimeUtc(_folder["c.svs"]), listing.Files.Single(file => file.Path == "c.svs").Modified.UtcDateTime);
    }

    [Fact]
    public void Links_out_of_the_folder_are_named_and_not_followed()
    {
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside["far.svs"], "12345");
        File.WriteAllText(_folder["near.svs"], "12345");
        File.CreateSymbolicLink(_folder["to-far"], outside["far.svs"]);
        File.CreateSymbolicLink(_folder["to-near"], _folder["near.svs"]);
        File.CreateSymbolicLink(_folder["broken"], _folder["nowhere"]);
        File.CreateSymbolicLink(_folder["circle"], _folder["circle"]);
        Directory.CreateSymbolicLink(_folder["folder"], outside.Path);
        Directory.CreateSymbolicLink(_folder["self"], _folder.Path);
        var links = FolderListing.Read(_folder.Path).Files.Where(file => file.IsLink).Select(file => file.Path);
        Assert.Equal(["broken", "circle", "folder", "self", "to-far"], links.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_inside_the_folder_to_what_is_not_listed_say_where_they_lead()
    {
        foreach (var path in new[] { ".store/a.dcm", ".b.dcm", "p1/c.dcm", "p2/d.dcm" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
            File.WriteAllText(_folder[path], "12345");
        }

        Directory.CreateSymbolicLink(_folder["p1/store"], _folder[".store"]);
        File.CreateSymbolicLink(_folder["p1/a.dcm"], "../.store/a.dcm");
        File.CreateSymbolicLink(_folder["p1/b.dcm"], _folder[".b.dcm"]);
        File.CreateSymbolicLink(_folder["p1/again.dcm"], "c.dcm");
        Directory.CreateSymbolicLink(_folder["p1/two"], "../p2");
        File.CreateSymbolicLink(_folder["p1/through.dcm"], "two/d.dcm");
        var links = FolderListing.Read(_folder.Path).Files.Where(file => file.IsLink).OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => (file.Path, file.Link));
        Assert.Equal([("p1/a.dcm", LinkKind.Hidden), ("p1/b.dcm", LinkKind.Hidden), ("p1/store", LinkKind.Hidden), ("p1/through.dcm", LinkKind.Folder), ("p1/two", LinkKind.Folder)], links);
    }

    [Fact]
    public void Names_that_are_not_UTF8_are_named_apart_and_those_that_are_stay_files()
    {
        File.WriteAllText(_folder["really\uFFFD.svs"], "12345");
        using var names = new NotUtf8(_folder.Path);
        var listing = FolderListing.Read(_folder.Path);
        Assert.Equal(["p1/a\uFFFD.dcm", "M\uFFFDller"], listing.Misnamed.OrderDescending(StringComparer.Ordinal));
        Assert.Equal("really\uFFFD.svs", Assert.Single(listing.Files).Path);
        Assert.Empty(listing.Unlisted);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_and_not_empty() =>
        Assert.ThrowsAny<IOException>(() => FolderListing.Read(_folder["missing"]));
}
