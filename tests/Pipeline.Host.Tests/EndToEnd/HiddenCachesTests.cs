using MhdNet.Host.Tests.Training;
using MhdNet.Training.Results;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>
/// The built program on a processor where oneDNN's convolutions are really wrong. What the program must do about wrong arithmetic of any
/// kind is tested on every machine by SelfTestTests.
/// </summary>
public sealed class HiddenCachesTests
{
    [SkippableTheory]
    [InlineData(null)]
    [InlineData("AVX2")]
    [InlineData("AVX512_CORE")]
    [InlineData("SSE41")]
    public void The_step_conforms_whatever_registers_are_in_use(string? limit)
    {
        using var caches = new HiddenCaches();
        foreach (var fixture in new[] { "fixtures/step", "fixtures/step-24" })
        {
            var (exitCode, output) = caches.Run(limit, "conform", Repository.Shared(fixture));

            Assert.True(exitCode == 0, output);
            Assert.Contains("AuthenticAMD", output, StringComparison.Ordinal);
            Assert.Contains("cache sizes hidden", output, StringComparison.Ordinal);
            Assert.DoesNotContain("NNPACK", output, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void The_doctor_finds_what_is_wrong_and_what_is_done_about_it()
    {
        using var caches = new HiddenCaches();
        var (exitCode, output) = caches.Run(null, "doctor", "--json");

        Assert.True(exitCode == 0, output);
        Assert.Matches("channels filled up to multiples of (8|16), because convolutions are wrong otherwise", output);
    }

    [SkippableTheory]
    [InlineData("train")]
    [InlineData("doctor")]
    [InlineData("model")]
    public void Where_channels_must_not_be_filled_up_the_machine_is_refused(string command)
    {
        using var caches = new HiddenCaches();
        using var work = new TinyWork("channel-padding = never");
        var config = Path.Combine(work.Path, "settings.hocon");
        string[] arguments = command switch
        {
            "train" => ["train", "--work", work.Path, "--labels", Path.Combine(work.Path, "labels.csv"), "--preset", work.Preset, "--config", config],
            "doctor" => ["doctor", "--config", config],
            _ => ["model", "--preset", work.Preset, "--step", "--config", config],
        };

        var (exitCode, output) = caches.Run(null, arguments);

        Assert.Equal(4, exitCode);
        Assert.Contains("convolution", output, StringComparison.Ordinal);
        Assert.Contains("channel-padding", output, StringComparison.Ordinal);
        Assert.Empty(RunFolder.All(work.Path));
    }

    [SkippableFact]
    public void Two_runs_of_one_seed_give_the_same_bytes()
    {
        using var caches = new HiddenCaches();
        using var first = new TinyWork();
        using var second = new TinyWork();
        foreach (var work in new[] { first, second })
        {
            var (exitCode, output) = caches.Run(
                null, "train", "--work", work.Path, "--labels", Path.Combine(work.Path, "labels.csv"), "--preset", work.Preset, "--config", Path.Combine(work.Path, "settings.hocon"));
            Assert.True(exitCode == 0, output);
        }

        Assert.Equal(first.Results(), second.Results());
        Assert.Contains("AuthenticAMD", File.ReadAllText(first.Run["provenance.json"]), StringComparison.Ordinal);
    }
}
