using System.Text.Json;
using MhdNet.Host.Commands;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>The main job on raw files, in real processes that are stopped and killed on the way.</summary>
public sealed class HostProcessTests : IDisposable
{
    private static readonly string[] Quick = ["--preset", "tiny", "--set", "teacher_epochs=2", "--set", "student_epochs=1", "--set", "baseline=false", "--set", "teacher_blocks=1,1,1,1", "--set", "student_blocks=1,1,1,1"];

    private readonly TemporaryFolder _folder = new();

    private string Drop => _folder["drop"];

    private string Work => _folder["work"];

    private string[] Host => ["run", "--drop", Drop, "--work", Work, "--config", Settings(), .. Quick];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_stopped_while_reading_and_killed_while_training_ends_as_if_nothing_had_happened()
    {
        var (made, output) = await Program.Run("cohort", "--out", Drop, "--patients", "6", "--types", "A,B", "--seed", "5");
        Assert.True(made == 0, output);
        Directory.CreateDirectory(Path.Combine(Drop, "P 7 ü[1]"));
        await File.WriteAllTextAsync(Path.Combine(Drop, "P 7 ü[1]", "text.svs"), "not a slide");

        using (var reading = Program.Start(Host))
        {
            await reading.Line("sequences");
            reading.Signal(Program.Terminate);
            Assert.Equal(0, await reading.Ended());
        }

        using (var training = Program.Start(Host))
        {
            await training.Line("teacher epoch 1/2");
            training.Signal(Program.Kill);
            await training.Ended();
        }

        var (code, rest) = await Program.Run([.. Host, "--once"]);
        Assert.True(code == 0, rest);
        Assert.Contains("goes on where it stopped", rest, StringComparison.Ordinal);

        using var status = await Status();
        var items = status.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(items.Count, items.Select(item => item.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(items, item => Assert.Contains(item.GetProperty("state").GetString(), (string[])["done", "rejected", "quarantined"]));
        Assert.Equal("not-a-slide", items.Single(item => item.GetProperty("path").GetString() == "P 7 ü[1]/text.svs").GetProperty("reason_code").GetString());
        Assert.Equal(6, items.Count(item => item.GetProperty("kind").GetString() == "ct" && item.GetProperty("state").GetString() == "done"));
        foreach (var item in items.Where(item => item.GetProperty("state").GetString() == "done"))
        {
            var folder = Path.Combine(Work, "sequences", item.GetProperty("id").GetString()!);
            Assert.Equal(item.GetProperty("sequences").GetInt32(), Directory.GetFiles(folder, "*.npy").Length);
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Work, "staging")));
        Assert.Equal(JsonValueKind.Null, status.RootElement.GetProperty("host").ValueKind);
        var run = Assert.Single(status.RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal("done", run.GetProperty("state").GetString());
        Assert.True(File.Exists(Path.Combine(Work, "runs", run.GetProperty("id").GetString()!, "report.html")));
    }

    [Fact]
    public async Task A_second_host_on_the_same_work_folder_is_refused()
    {
        Directory.CreateDirectory(Drop);
        using var first = Program.Start(Host);
        await first.Line("there is no labels.csv");
        var (code, output) = await Program.Run(Host);
        Assert.Equal(ExitCode.Environment, code);
        Assert.Contains("in use by another mhdnet", output, StringComparison.Ordinal);
        first.Signal(Program.Terminate);
        Assert.Equal(0, await first.Ended());
    }

    [SkippableFact]
    public async Task A_study_sent_over_the_network_is_received_delivered_and_done_then_verified_and_forgotten()
    {
        var series = Repository.Shared("data/ct/thorax");
        Directory.CreateDirectory(Drop);
        Directory.CreateDirectory(_folder["incoming"]);
        using var network = await NetworkDelivery.Start(_folder["incoming"], Drop);
        using var host = Program.Start(Host);
        await network.Send(series);
        await host.Line("PLM-4DCT-01");
        await host.Line("there is no labels.csv");
        using (var status = await Status())
        {
            var item = Assert.Single(status.RootElement.GetProperty("items").EnumerateArray());
            Assert.Equal(("PLM-4DCT-01", "done", 2), (item.GetProperty("patient").GetString(), item.GetProperty("state").GetString(), item.GetProperty("sequences").GetInt32()));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["incoming"]));
        var (sound, found) = await Program.Run("verify", "--work", Work);
        Assert.True(sound == 0, found);
        Assert.Contains("1 item done, 2 sequences", found, StringComparison.Ordinal);

        var (forgotten, told) = await Program.Run("forget", "PLM-4DCT-01", "--work", Work);
        Assert.True(forgotten == 0, told);
        Assert.Contains("delete them too", told, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Work, "sequences")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Work, "quality")));
        host.Signal(Program.Terminate);
        Assert.Equal(0, await host.Ended());
        Assert.Equal(ExitCode.BadInput, (await Program.Run("forget", "NOBODY", "--work", Work)).ExitCode);
    }

    private string Settings()
    {
        var path = _folder["settings.hocon"];
        File.WriteAllText(path, "mhdnet.drop { poll-interval = 100ms, min-age = 200ms, quiet-period = 300ms }\nmhdnet.ledger.retry-delay = 100ms\n");
        return path;
    }

    private async Task<JsonDocument> Status()
    {
        var (code, json) = await Program.Run("status", "--work", Work, "--json");
        Assert.True(code == 0, json);
        return JsonDocument.Parse(json);
    }
}
