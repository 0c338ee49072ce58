using System.Diagnostics;
using System.Globalization;
using MhdNet.Ingest.Tests.Ct.Codecs;
using Xunit.Abstractions;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>
/// Code streams, changed in many ways, decoded by the system's libraries in a process of their own: pixels or a reason, in time and with little
/// memory, and no process ends. MHDNET_FUZZ_ROUNDS: changed streams of each file, for a longer run.
/// </summary>
public sealed class CodecFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int HeaderBytes = 200;
    private const double MostSeconds = 1, MostMemory = 64;
    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("MHDNET_FUZZ_ROUNDS") ?? "150", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("jpeg-ls", "CT1_JLSL")]
    [InlineData("jpeg-ls", "CT2_JLSN")]
    [InlineData("jpeg-2000", "CT2_J2KR")]
    [InlineData("jpeg-2000", "CT1_J2KI")]
    public async Task A_changed_code_stream_of_a_real_file_ends_in_a_value(string coding, string name)
    {
        var (header, stream) = CompressedSlice.Of(Repository.Shared("data/ct/transfer-syntaxes/" + name));
        await Check(name, $"{coding} {header.Rows} {header.Columns} {header.BitsAllocated}", stream);
    }

    [SkippableFact]
    public Task A_changed_code_stream_of_baseline_JPEG_ends_in_a_value() =>
        Check("baseline", "jpeg 128 96 8", BaselineJpeg.Encode(128, 96, 80, _folder["b.dcm"]));

    /// <param name="name">For messages.</param>
    /// <param name="form">Coding, rows, columns and bits, as <see cref="CodecChild"/> wants them.</param>
    /// <param name="stream">A whole code stream.</param>
    private async Task Check(string name, string form, byte[] stream)
    {
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        double slowest = 0, largest = 0;
        using var child = Start();
        for (var seed = 0; seed < Rounds; seed++)
        {
            await File.WriteAllBytesAsync(_folder["s"], Changed(stream, seed));
            var told = await Decode(child, $"{form} {_folder["s"]}");
            var words = told.Split(' ');
            Assert.True(words is ["done" or "refused" or "undecodable", _, _], $"{name}, seed {seed}: {told}");
            var (seconds, memory) = (double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture));
            Assert.True(seconds < MostSeconds && memory < MostMemory, $"{name}, seed {seed}: {told}");
            (slowest, largest) = (Math.Max(slowest, seconds), Math.Max(largest, memory));
            ends[words[0]] = ends.GetValueOrDefault(words[0]) + 1;
        }

        // The whole stream is decoded by the process that has seen all of the broken ones.
        await File.WriteAllBytesAsync(_folder["s"], stream);
        Assert.StartsWith("done ", await Decode(child, $"{form} {_folder["s"]}"), StringComparison.Ordinal);
        child.StandardInput.Close();
        await child.WaitForExitAsync();
        Assert.Equal(0, child.ExitCode);
        var counts = string.Join(", ", ends.Select(end => $"{end.Key} {end.Value}"));
        output.WriteLine(FormattableString.Invariant($"{name}: {counts}; at most {slowest:0.00} s of processor and {largest:0} MiB"));
        Assert.True(ends.Count > 1, counts);
    }

    /// <summary>Every second time in the headers, where values steer the library.</summary>
    private static byte[] Changed(byte[] stream, int seed)
    {
        var random = new Random(seed);
        return seed % 2 == 0 ? Frames.Mutant(stream, random) : [.. Frames.Mutant(stream[..HeaderBytes], random), .. stream[HeaderBytes..]];
    }

    private static async Task<string> Decode(Process child, string line)
    {
        await child.StandardInput.WriteLineAsync(line);
        try
        {
            if (await Patience.For($"what comes of {line}", child.StandardOutput.ReadLineAsync(), () => "no answer") is { } end)
            {
                return end;
            }
        }
        catch (TimeoutException)
        {
            child.Kill();
            return "hung";
        }

        await child.WaitForExitAsync();
        return $"died of {child.ExitCode}";
    }

    private static Process Start()
    {
        string[] arguments = ["exec", typeof(CodecChild).Assembly.Location, CodecChild.Word];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var child = Process.Start(start)!;
        _ = child.StandardError.ReadToEndAsync(); // so that it never waits for a reader
        return child;
    }
}
