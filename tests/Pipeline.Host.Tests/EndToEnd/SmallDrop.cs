using System.Text.RegularExpressions;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Tests.Ct;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>A drop folder of many small CT series, the settings that read them, and a work folder. Each patient has one series.</summary>
internal sealed class SmallDrop : IDisposable
{
    private const int LargeSize = 256;
    private static readonly ushort[] Pixels = [.. Enumerable.Range(0, 16).Select(i => (ushort)(i * 100))];
    private readonly TemporaryFolder _folder = new();

    /// <summary>Writes the series of these patients.</summary>
    public SmallDrop(params IEnumerable<string> patients)
        : this(patients, [])
    {
    }

    /// <summary>
    /// Writes the series of these patients, and those of others, of more than a megabyte each: the time limit of these can be a long one.
    /// </summary>
    public SmallDrop(IEnumerable<string> patients, IEnumerable<string> large)
    {
        Write(patients, Pixels, 4);
        Write(large, [.. Enumerable.Range(0, LargeSize * LargeSize).Select(i => (ushort)(i % 16 * 100))], LargeSize);
    }

    private void Write(IEnumerable<string> patients, ushort[] pixels, int size)
    {
        var extra = new Dictionary<uint, (string Vr, object Value)> { [0x0028_0010] = ("US", size), [0x0028_0011] = ("US", size) };
        foreach (var (patient, number) in patients.Select((patient, i) => (patient, i)))
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder["drop"], patient)).FullName;
            for (var slice = 0; slice < 9; slice++)
            {
                ushort[] stored = [.. pixels.Select(value => (ushort)(value + number))];
                var bytes = DicomBytes.Slice(stored, -2.0 * slice, extra, $"1.2.{size}.{number}");
                File.WriteAllBytes(Path.Combine(folder, $"{slice}.dcm"), bytes);
            }
        }
    }

    /// <summary>The faults that workers are to commit: a part of an item's name and a word a line.</summary>
    public string FaultFile => _folder["faults"];

    /// <summary>Has workers commit these faults from now on, and no others; at no moment is it half said.</summary>
    public void Faults(params IEnumerable<string> lines)
    {
        File.WriteAllLines(FaultFile + ".new", lines);
        File.Move(FaultFile + ".new", FaultFile, overwrite: true);
    }

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
    public Task Until(string work, string patient, Func<ItemRecord, bool> wanted) =>
        Await(work, $"{patient} as wanted", () => Items(work).Any(item => item.Patient == patient && wanted(item)));

    /// <summary>Waits until so many items are in workers' hands.</summary>
    public Task UntilRunning(string work, int count) =>
        Await(work, $"{count} running", () => Items(work).Count(item => item.State == ItemState.Running) == count);

    /// <summary>
    /// Waits until one of the items that are held is in a worker's hands, and until that is read. So the others are not, however long the
    /// test takes to come to its next step.
    /// </summary>
    /// <param name="work">Name of the work folder.</param>
    /// <param name="others">What workers do with the others from now on.</param>
    public async Task UntilOneIsRead(string work, string others)
    {
        await Await(work, "one running", () => Items(work).Any(item => item.State == ItemState.Running));
        var first = Items(work).First(item => item.State == ItemState.Running).Patient;
        Faults($"{first} slow", $"P {others}");
        await Until(work, first, item => item.State == ItemState.Done);
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
    public Task UntilLog(string work, string text) =>
        Await(work, $"'{text}' in the log", () => Log(work).Contains(text, StringComparison.Ordinal));

    /// <summary>Waits until the host's log matches a pattern.</summary>
    /// <returns>The pattern's group, in the last place.</returns>
    public async Task<string> UntilLogMatches(string work, string pattern)
    {
        await Await(work, $"'{pattern}' in the log", () => Regex.IsMatch(Log(work), pattern));
        return Regex.Matches(Log(work), pattern)[^1].Groups[1].Value;
    }

    /// <summary>Waits until <c>mhdnet status</c> says something.</summary>
    public Task UntilStatus(string work, Predicate<string> wanted) => Patience.Until(
        "another status",
        async () => IsBegun(work) && wanted((await Program.Run("status", "--work", _folder[work])).Output),
        () => Moving(work));

    private Task Await(string work, string what, Func<bool> isSo) =>
        Patience.Until(what, () => IsBegun(work) && isSo(), () => Moving(work));

    private string Moving(string work)
    {
        var items = IsBegun(work) ? Items(work) : [];
        var states = items.Select(item => $"{item.Patient} {item.State} {item.Attempts} {item.Deaths} {item.Losses}");
        return $"{Seen.Files(_folder.Path)}; {string.Join(", ", states)}";
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
