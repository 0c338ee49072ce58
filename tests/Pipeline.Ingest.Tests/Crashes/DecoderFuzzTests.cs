using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>
/// Real files of every transfer syntax, damaged in many ways, decoded in a process of its own: each ends in a value with a known code,
/// and no process ends. MHDNET_FUZZ_ROUNDS: files damaged of each syntax, for a longer run.
/// </summary>
public sealed class DecoderFuzzTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("MHDNET_FUZZ_ROUNDS") ?? "40", CultureInfo.InvariantCulture);

    private static readonly HashSet<string> Codes =
    [
        "done", "truncated", "malformed", "not-dicom", "absurd-size", "undecodable", "changed", "not-grey", "no-rescale", "not-hounsfield", "transfer-syntax", "no-pixel-data",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => new(
        "CT1_J2KI", "CT1_J2KR", "CT1_JLSL", "CT1_JLSN", "CT1_JPLL", "CT1_RLE", "CT1_UNC", "CT2_J2KI", "CT2_J2KR", "CT2_JLSL", "CT2_JLSN", "CT2_JPLL", "CT2_RLE", "CT2_UNC",
        "CT1_derived_BigEndian.dcm", "CT1_derived_Deflated.dcm", "CT1_derived_ImplicitLE.dcm");

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task A_damaged_file_ends_in_a_value(string name)
    {
        var whole = await File.ReadAllBytesAsync(Repository.Shared("data/ct/transfer-syntaxes/" + name));
        var ends = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var child = Start();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var path = _folder[$"{seed}.dcm"];
            await File.WriteAllBytesAsync(path, Damage.Of(whole, seed));
            var end = await Decode(child, path);
            ends[end] = ends.GetValueOrDefault(end) + 1;
            File.Delete(path);
            if (child.HasExited)
            {
                child.Dispose();
                child = Start();
            }
        }

        // The whole file is decoded by the process that has seen all of the broken ones.
        Assert.Equal("done", await Decode(child, Repository.Shared("data/ct/transfer-syntaxes/" + name)));
        child.StandardInput.Close();
        await child.WaitForExitAsync();
        Assert.Equal(0, child.ExitCode);
        child.Dispose();

        output.WriteLine($"{name}: {string.Join(", ", ends.Select(end => $"{end.Key} {end.Value}"))}");
        Assert.All(ends.Keys, end => Assert.True(Codes.Contains(end), $"{name}: {end}"));
        Assert.True(ends.Count > 1, $"nothing but {string.Join(", ", ends)}");
    }

    private static async Task<string> Decode(Process child, string path)
    {
        await child.StandardInput.WriteLineAsync(path);
        try
        {
            if (await Patience.For($"what comes of {path}", child.StandardOutput.ReadLineAsync(), () => "no answer") is { } end)
            {
                return end;
            }
        }
        catch (TimeoutException)
        {
            child.Kill();
            await child.WaitForExitAsync();
            return "hung";
        }

        await child.WaitForExitAsync();
        return $"died of {child.ExitCode}";
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(DecodeChild).Assembly.Location, DecodeChild.Word])
        {
            start.ArgumentList.Add(argument);
        }

        var child = Process.Start(start)!;
        _ = child.StandardError.ReadToEndAsync(); // so that it never waits for a reader
        return child;
    }
}
