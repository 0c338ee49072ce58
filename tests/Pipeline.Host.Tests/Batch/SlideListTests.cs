using MhdNet.Host.Batch;
using MhdNet.Host.Commands;

namespace MhdNet.Host.Tests.Batch;

public sealed class SlideListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Files_folders_and_lists_give_each_slide_once()
    {
        Touch("a/1.svs");
        Touch("a/deep/2.tiff");
        Touch("a/notes.md");
        Touch("b/3.ndpi");
        File.WriteAllText(_folder["list.txt"], "# the third\nb/3.ndpi\n\na/1.svs\n");
        var slides = SlideList.Of([new DirectoryInfo(_folder["a"]), new FileInfo(_folder["list.txt"]), new FileInfo(_folder["a/1.svs"])]);
        Assert.Equal([_folder["a/1.svs"], _folder["a/deep/2.tiff"], _folder["b/3.ndpi"]], slides);
    }

    [Fact]
    public void Hidden_files_and_folders_behind_links_are_passed_over_and_a_linked_slide_is_not()
    {
        Touch("a/1.svs");
        Touch("a/._1.svs");
        Touch("b/2.svs");
        File.CreateSymbolicLink(_folder["a/loop"], _folder["a"]);
        File.CreateSymbolicLink(_folder["a/2.svs"], _folder["b/2.svs"]);
        Assert.Equal([_folder["a/1.svs"], _folder["a/2.svs"]], SlideList.Of([new DirectoryInfo(_folder["a"])]));
    }

    [Fact]
    public void A_list_may_name_folders_and_what_is_not_there_stops_none_of_the_others()
    {
        Touch("a/1.svs");
        Touch("a/deep/2.tiff");
        File.WriteAllText(_folder["list.txt"], "# all of a\na\ngone.svs\n");
        Assert.Equal([_folder["a/1.svs"], _folder["a/deep/2.tiff"], _folder["gone.svs"]], SlideList.Of([new FileInfo(_folder["list.txt"])]));
    }

    [Fact]
    public void A_folder_without_slides_is_named() =>
        Assert.Contains(_folder["."].TrimEnd('.').TrimEnd('/'), Assert.Throws<InputException>(() => SlideList.Of([new DirectoryInfo(_folder["."])])).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private void Touch(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], name);
    }
}
