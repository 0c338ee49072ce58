using System.Diagnostics;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>
/// How build/demo.sh ends, with a shell script in the program's place: each failure in one sentence: why, and where to look.
/// </summary>
public sealed class DemoScriptTests : IDisposable
{
    private const string Runs = "trap 'exit 0' TERM; while :; do sleep 0.1; done";
    private const string Writes = "mkdir -p demo/drop/P001/CT demo/drop/P002; echo x >demo/drop/P001/CT/a.dcm";
    private const string Trains = """echo '  "activity": "training",'; echo '    "doing": "Run 7 trains the teacher.",'""";
    private const int Long = 600; // seconds, for what must not depend on how busy the machine is
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "echo 'mhdnet: Torch is missing: libx.so.1 is not found → apt-get install libx1' >&2; exit 4", Writes, Trains, 4,
        "this machine lacks something: Torch is missing: libx.so.1 is not found → apt-get install libx1; see demo/host.log.")]
    [InlineData(
        "mkdir -p demo/work/logs; echo '12:00 [ERR] Worker 1: mhdnet: OpenSlide is missing.' >demo/work/logs/a.log; exit 4", Writes, Trains, 4,
        "this machine lacks something: OpenSlide is missing; see demo/work/logs/a.log.")]
    [InlineData(
        Runs, "echo 'mhdnet: a is missing → 1'; echo 'b is missing → 2'; exit 4", Trains, 4,
        "this machine lacks something: a is missing → 1 b is missing → 2; see demo/cohort.log.")]
    [InlineData(
        Runs, Writes + "; echo 'No room.'; exit 1", Trains, 1,
        "the cohort's writer ended with code 1: No room; see demo/cohort.log.")]
    [InlineData(
        "kill -KILL $$", Writes, Trains, 1,
        "the host was killed, as a system does that runs out of memory; see demo/host.log.")]
    [InlineData("exit 0", Writes, Trains, 1, "the host ended before the work was done; see demo/host.log.")]
    [InlineData(Runs, Writes, Trains, 1, "it was not finished after 3 seconds (Run 7 trains the teacher); see demo/host.log.")]
    [InlineData(
        Runs, Writes, "echo 'mhdnet: no ledger.' >&2; exit 2", 1,
        "it was not finished after 3 seconds (no ledger); see demo/host.log.")]
    [InlineData(
        "mkdir -p demo/work/logs; touch demo/work/logs/a.log; " + Runs, Writes,
        """echo '  "activity": "failed",'; echo '      "message": "The loss is \"NaN\"\nat step 3.",'""", 1,
        "the run was given up: The loss is \"NaN\" at step 3; see demo/work/logs/a.log.")]
    public async Task The_last_line_says_why_and_where_to_look(string run, string cohort, string status, int code, string sentence)
    {
        Program(run, cohort, status);
        var seconds = sentence.Contains("3 seconds", StringComparison.Ordinal) ? 3 : Long;
        Assert.Equal((code, "The demo failed: " + sentence), await Demo(seconds));
    }

    [Fact]
    public async Task A_step_of_its_own_that_fails_is_told_by_its_line()
    {
        Program(Runs, "mkdir -p demo/drop/P002", Trains); // there is no P001 to copy
        var (code, last) = await Demo();
        Assert.Equal(1, code);
        Assert.Matches("^The demo failed: line [0-9]+ of build/demo.sh ended with code 1: what it said stands above\\.$", last);
    }

    [Fact]
    public async Task Without_the_program_it_tells_how_to_build_it() =>
        Assert.Equal((1, "The demo failed: there is no ./mhdnet here: run 'make build' first."), await Demo());

    [Fact]
    public async Task A_folder_with_something_else_is_left_alone()
    {
        Program(Runs, Writes, Trains);
        Directory.CreateDirectory(_folder["demo"]);
        await File.WriteAllTextAsync(_folder["demo/thesis"], "");
        const string Sentence = "demo holds something else than a demo, and would be removed: give another folder in MHDNET_DEMO_DIR";
        Assert.Equal((2, $"The demo failed: {Sentence}."), await Demo());
        Assert.True(File.Exists(_folder["demo/thesis"]));
    }

    [Fact]
    public async Task Stopped_it_stops_the_host_and_says_so()
    {
        Program("trap 'touch stopped; exit 0' TERM; while :; do sleep 0.1; done", Writes + "; kill -TERM $PPID; sleep 60", Trains);
        Assert.Equal((130, "The demo failed: it was stopped; demo holds what it made so far."), await Demo());
        Assert.True(File.Exists(_folder["stopped"]));
    }

    [Fact]
    public async Task What_went_well_ends_with_where_to_look()
    {
        Program("mkdir -p demo/work/runs/7; touch demo/work/runs/7/report.html; " + Runs, Writes, "echo '  \"activity\": \"finished\",'");
        var (code, last) = await Demo();
        Assert.Equal(0, code);
        Assert.StartsWith("  demo/work/quality/", last, StringComparison.Ordinal);
    }

    private void Program(string run, string cohort, string status) => File.WriteAllText(
        _folder["mhdnet"],
        $"#!/usr/bin/env bash\ncase $1 in\nrun) {run} ;;\ncohort) {cohort} ;;\nstatus) {status} ;;\nesac\n");

    private async Task<(int ExitCode, string LastLine)> Demo(int seconds = Long)
    {
        string[] arguments = ["-c", "chmod -f +x mhdnet; exec bash \"$0\" 2>&1", Path.Combine(Repository.Root, "build/demo.sh")];
        var start = new ProcessStartInfo("bash", arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        };
        start.Environment["MHDNET_DEMO_SECONDS"] = $"{seconds}";
        start.Environment.Remove("MHDNET_DEMO_DIR");
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        return (process.ExitCode, lines[^1]);
    }
}
