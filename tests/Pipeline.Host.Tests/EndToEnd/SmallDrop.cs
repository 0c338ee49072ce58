using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Tests.Ct;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>A drop folder of many small CT series, the settings that read them, and a work folder. Each patient has one series.</summary>
internal sealed class SmallDrop : IDisposable
{
    private static readonly ushort[] Pixels = [.. Enumerable.Range(0, 16).Select(i => (ushort)(i * 100))];
    private readonly TemporaryFolder _folder = new();

    /// <summary>Writes the series of these patients.</summary>
    public SmallDrop(params IEnumerable<string> patients)
    {
        foreach (var (patient, number) in patients.Select((patient, i) => (patient, i)))
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder["drop"], patient)).FullName;
            for (var slice = 0; slice < 9; slice++)
            {
                File.WriteAllBytes(Path.Combine(folder, $"{slice}.dcm"), DicomBytes.Slice([.. Pixels.Select(value => (ushort)(value + number))], -2.0 * slice, series: $"1.2.{number}"));
            }
        }
    }

    /// <summary>The faults that workers are to commit: a part of an item's name and a word a line.</summary>
    public string FaultFile => _folder["faults"];

    /// <summary>A path beside it.</summary>
    public string At(string name) => _folder[name];

    /// <summary>The command line of a host over it.</summary>
    /// <param name="work">Name of the work folder.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="more">Further arguments.</param>
    public string[] Host(string work, string settings = "", params string[] more)
    {
        var file = _folder[$"{work}.hocon"];
        File.WriteAllText(file, $$"""
            mhdnet {
              drop { poll-interval = 100ms, min-age = 0ms, quiet-period = 200ms, rest-max = 200ms }
              dispatch.poll-interval = 100ms
              ct { frames = 4, size = 16, min-slices = 6, trim-superior = 0, trim-inferior = 0 }
            }
            {{settings}}
            """);
        return ["run", "--drop", _folder["drop"], "--work", _folder[work], "--preset", "tiny", "--config", file, .. more];
    }

    /// <summary>The ledger's items.</summary>
    public IReadOnlyList<ItemRecord> Items(string work)
    {
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(_folder[work]));
        return ledger.Items();
    }

    /// <summary>One item by its patient.</summary>
    public ItemRecord Item(string work, string patient) => Items(work).Single(item => item.Patient == patient);

    /// <summary>Waits until a patient's item is as wanted.</summary>
    public async Task Until(string work, string patient, Func<ItemRecord, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!IsBegun(work) || !Items(work).Any(item => item.Patient == patient && wanted(item)))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until so many items are in workers' hands.</summary>
    public async Task UntilRunning(string work, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!IsBegun(work) || Items(work).Count(item => item.State == ItemState.Running) != count)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until an item is in a worker's hands for longer than any is read.</summary>
    public async Task UntilOneHangs(string work)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Items(work).Any(item => item.State == ItemState.Running && DateTimeOffset.UtcNow - item.UpdatedAt > TimeSpan.FromSeconds(3)))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until every patient's item is as wanted.</summary>
    public async Task UntilAll(string work, Func<ItemRecord, bool> wanted)
    {
        foreach (var patient in Directory.EnumerateDirectories(_folder["drop"]).Select(Path.GetFileName))
        {
            await Until(work, patient!, wanted);
        }
    }

    /// <summary>What the host wrote into its log so far.</summary>
    public string Log(string work) => IsBegun(work) ? string.Concat(Directory.EnumerateFiles(Path.Combine(_folder[work], "logs")).Select(ReadShared)) : "";

    /// <summary>Waits until the host's log says something.</summary>
    public async Task UntilLog(string work, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Log(work).Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Waits until <c>mhdnet status</c> says something.</summary>
    public async Task UntilStatus(string work, Predicate<string> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!IsBegun(work) || !wanted((await Program.Run("status", "--work", _folder[work])).Output))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    /// <summary>Whether the host is so far that its ledger can be read.</summary>
    private bool IsBegun(string work) => Directory.Exists(Path.Combine(_folder[work], "logs"));

    /// <summary>How many items were in workers' hands at once, at most.</summary>
    public int MostRunning(string work)
    {
        using var ledger = LedgerReader.Open(WorkFolder.LedgerPathOf(_folder[work]));
        var (now, most) = (0, 0);
        foreach (var step in ledger.Items().SelectMany(item => ledger.Transitions(item.Id)).OrderBy(step => step.At).ThenBy(step => step.To == ItemState.Running))
        {
            now += (step.To == ItemState.Running ? 1 : 0) - (step.From == ItemState.Running ? 1 : 0);
            most = Math.Max(most, now);
        }

        return most;
    }

    /// <summary>How items ended and what is in the store, without times; and what is left over.</summary>
    public IReadOnlyList<string> Result(string work)
    {
        var (sequences, staging) = (Path.Combine(_folder[work], "sequences"), Path.Combine(_folder[work], "staging"));
        return
        [
            .. Items(work).Select(item => $"{item.Id} {item.State} {item.Sequences} {item.Reason?.Code}").Order(StringComparer.Ordinal),
            .. Directory.EnumerateFiles(sequences, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{Path.GetRelativePath(sequences, file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"),
        ];
    }

    public void Dispose() => _folder.Dispose();
}
