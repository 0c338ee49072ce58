using System.Text.Json;
using MhdNet.Tiling.Phantom;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary><c>mhdnet tile</c> with real worker processes.</summary>
public sealed class TileProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TileProcessTests() => SlidePhantom.Write(_folder["slide.tif"], 0, 3, 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_asks_for_status_is_told_of_the_batch_and_of_workers_that_are_never_ready()
    {
        await File.WriteAllTextAsync(_folder["faults"], "worker stillborn");
        using var tile = Start();
        await tile.Line("workers: Worker processes end before they are ready (4 in a row, the last with exit code 1): a test asked for a worker that is never ready");
        var host = await Host();
        Assert.Equal(("tiling", "tiling 1 slide", tile.Id), (host.GetProperty("activity").GetString(), host.GetProperty("doing").GetString(), host.GetProperty("process_id").GetInt32()));
        Assert.StartsWith("workers: Worker processes end before they are ready", Assert.Single(host.GetProperty("degraded").EnumerateArray()).GetString(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(_folder["faults"], "");
        await tile.Line("workers: as it should be again");
        Assert.True(await tile.Ended() == 0, tile.Output);
        Assert.Equal(JsonValueKind.Null, (await Host()).ValueKind);
    }

    [Fact]
    public async Task The_host_of_a_batch_has_no_decoder_and_its_worker_has()
    {
        await File.WriteAllTextAsync(_folder["faults"], "slide hang");
        using var tile = Start();
        await Patience.Until(
            "a worker with OpenSlide",
            () => tile.Children().Any(worker => Decoders.AreIn(worker, "openslide")),
            () => $"{Seen.Files(_folder.Path)}; {Seen.Work(tile.Id)}");
        Assert.Empty(Decoders.MappedBy(tile.Id));
        tile.Signal(Program.Terminate);
        Assert.Equal(1, await tile.Ended());
    }

    private Program Start() => Program.Start(_folder["faults"], ["tile", _folder["slide.tif"], "--out", _folder["work"], "--workers", "1"]);

    private async Task<JsonElement> Host()
    {
        var (code, json) = await Program.Run("status", "--work", _folder["work"], "--json");
        Assert.True(code == 0, json);
        using var status = JsonDocument.Parse(json);
        return status.RootElement.GetProperty("host").Clone();
    }
}
