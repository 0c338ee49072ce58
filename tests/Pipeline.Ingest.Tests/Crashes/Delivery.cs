using System.Diagnostics;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Tests.Ct;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>A small delivery of every kind, a work folder, and processes that read the one into the other.</summary>
internal sealed class Delivery : IDisposable
{
    private static readonly ushort[] Pixels = [.. Enumerable.Range(0, 16).Select(i => (ushort)(i * 100))];
    private readonly TemporaryFolder _folder = new();

    public Delivery()
    {
        Series("p1/ct", "1.2.1", 14);
        Series("p2/ct", "1.2.2", 9);
        Series("p2/short", "1.2.3", 3); // rejected
        Series("p3/broken", "1.2.4", 9); // quarantined
        Cut("p3/broken/4.dcm");
        File.WriteAllText(Path.Combine(Drop, "p3/notes.txt"), "not a scan, and long enough to be told so");
    }

    public string Drop => _folder["drop"];

    public string Work => _folder["work"];

    public void Dispose() => _folder.Dispose();

    public void Series(string folder, string uid, int slices, Dictionary<uint, (string Vr, object Value)>? extra = null)
    {
        Directory.CreateDirectory(Path.Combine(Drop, folder));
        for (var i = 0; i < slices; i++)
        {
            File.WriteAllBytes(Path.Combine(Drop, folder, $"{i}.dcm"), DicomBytes.Slice(Pixels, -2.0 * i, extra, uid));
        }
    }

    public void Cut(string path)
    {
        using var file = new FileStream(Path.Combine(Drop, path), FileMode.Open);
        file.SetLength(file.Length - 7);
    }

    /// <summary>Runs a process to its end.</summary>
    /// <param name="crashPoint">Where it is killed; null: nowhere.</param>
    /// <param name="salt">Hides patients.</param>
    /// <returns>Its exit code (137: killed) and everything that it wrote to the console.</returns>
    public (int Code, string Output) Ingest(string? crashPoint = null, string? salt = null)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", typeof(IngestChild).Assembly.Location, Drop, Work, salt }.OfType<string>())
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MHDNET_CRASH_POINT"] = crashPoint ?? "";
        using var child = Process.Start(start)!;
        try
        {
            var said = Task.WhenAll(child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
            var ended = Patience.For("the end of the process that reads it", said, () => $"{Seen.Files(Work)}; {Seen.Work(child.Id)}");
            var output = ended.GetAwaiter().GetResult();
            child.WaitForExit();
            return (child.ExitCode, string.Concat(output));
        }
        catch (TimeoutException)
        {
            child.Kill();
            throw;
        }
    }

    /// <summary>What stands in the ledger and in the store: a line for each item, one for each file of sequences with its content, and one for each thing left over.</summary>
    public IReadOnlyList<string> Result()
    {
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(Work));
        var sequences = Path.Combine(Work, "sequences");
        return
        [
            .. ledger.Items().Select(item => $"{item.Id} {item.State} {item.Sequences} {item.Reason?.Code}").Order(StringComparer.Ordinal),
            .. Directory.EnumerateFiles(sequences, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file =>
                $"{Path.GetRelativePath(sequences, file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"),
            .. Directory.EnumerateDirectories(Path.Combine(Work, "staging")).Select(folder => $"staged: {folder}"),
        ];
    }
}
