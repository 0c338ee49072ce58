using MhdNet.Ingest.Drop;

namespace MhdNet.Ingest.Tests.Drop;

public sealed class SlideContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_slide_and_its_folder_keep_their_fingerprint_when_both_are_renamed_and_lose_it_when_a_file_in_it_changes()
    {
        Put("a.mrxs", 10);
        Put("a/Slidedat.ini", 20);
        Put("a/Data0000.dat", 300_000);
        var first = SlideContent.Of(_folder["a.mrxs"]);
        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.Equal(first, SlideContent.Of(_folder["a.mrxs"], [_folder["a/Slidedat.ini"], _folder["a/Data0000.dat"]]));
        File.Move(_folder["a.mrxs"], _folder["b.mrxs"]);
        Directory.Move(_folder["a"], _folder["b"]);
        Assert.Equal(first, SlideContent.Of(_folder["b.mrxs"]));
        using (var end = new FileStream(_folder["b/Data0000.dat"], FileMode.Open))
        {
            end.Position = end.Length - 1;
            end.WriteByte(1);
        }

        Assert.NotEqual(first, SlideContent.Of(_folder["b.mrxs"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_537)]
    [InlineData(5_000_000)]
    public void Slides_of_one_size_differ_by_their_first_and_last_byte(int size)
    {
        Put("a.svs", size);
        var whole = SlideContent.Of(_folder["a.svs"]);
        var bytes = File.ReadAllBytes(_folder["a.svs"]);
        foreach (var place in new[] { 0, size - 1 }.Where(place => place >= 0 && size > 0))
        {
            bytes[place] ^= 1;
            File.WriteAllBytes(_folder["b.svs"], bytes);
            bytes[place] ^= 1;
            Assert.NotEqual(whole, SlideContent.Of(_folder["b.svs"]));
        }

        File.WriteAllBytes(_folder["b.svs"], [.. bytes, 0]);
        Assert.NotEqual(whole, SlideContent.Of(_folder["b.svs"]));
    }

    private void Put(string name, int size)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllBytes(_folder[name], [.. Enumerable.Range(0, size).Select(i => (byte)(i * 7))]);
    }
}
