using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Drop;

/// <summary>A drop folder that exists in thought only, and someone who watches it.</summary>
internal sealed class World
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DropSettings Settings = new() { ProbeBatch = 3 };

    private readonly Dictionary<string, FileRecord> _ledgerFiles = [];
    private int _clock;

    public Dictionary<string, ListedFile> Files { get; } = [];

    public HashSet<string> Done { get; } = [];

    public Dictionary<string, string> Unlisted { get; } = [];

    public Dictionary<ItemId, ItemObservation> Ledger { get; } = [];

    /// <summary>Files that the ledger knows.</summary>
    public IEnumerable<FileRecord> LedgerFiles => _ledgerFiles.Values;

    public List<string> Probed { get; } = [];

    public DropState State { get; private set; } = DropState.Empty;

    public DropNews News { get; private set; } = DropNews.None;

    public DateTimeOffset Now { get; private set; } = Start;

    public ItemObservation Only => Assert.Single(Ledger.Values);

    public void Put(string path, long size = 100) => Files[path] = new ListedFile(path, size, Start.AddHours(-1).AddSeconds(_clock++));

    public void Move(string from, string to)
    {
        if (from != to && Files.Remove(from, out var file))
        {
            Files[to] = file with { Path = to };
        }
    }

    /// <summary>A look, a second later; <paramref name="lost"/>: the ledger does not get the news.</summary>
    public void Look(double seconds = 1, bool lost = false)
    {
        Now = Now.AddSeconds(seconds);
        var hidden = Files.Values.Where(file => Unlisted.Keys.Any(folder => file.Path.StartsWith(folder + "/", StringComparison.Ordinal)));
        var listing = new Listing([.. Files.Values.Except(hidden)], Done, Unlisted);
        State = DropScan.Look(State, listing, Now, Settings);
        var due = DropScan.ToProbe(State, Now, Settings);
        Probed.AddRange(due.Select(order => order.File.Path));
        State = DropScan.Learn(State, [.. due.Select(Answer)], Now);
        (var next, News) = DropItems.Conclude(State, listing, Now, Settings);
        if (!lost)
        {
            State = next;
            Store(News);
        }
    }

    /// <summary>Looks until nothing moves any more.</summary>
    public void Rest()
    {
        var looks = 0;
        do
        {
            Look(4);
            Assert.True(++looks < 60, "the drop folder does not come to rest");
        }
        while (State.IsMoving);
    }

    public void Resume(IEnumerable<FileRecord> files, IEnumerable<ItemId> items) => State = DropState.Resume(files, items);

    public void Restart() => State = DropState.Resume(_ledgerFiles.Values, Ledger.Keys);

    /// <summary>The answer of a probe. Slides of the same size, with further files of the same size, are the same.</summary>
    public static ProbedFile Answer(FileToProbe order) => new(
        order.File.Path, order.File.Size, order.File.Modified,
        order.Companions is { } companions && order.File.Size % 10 != 9
            ? new ProbeResult.Slide($"{order.File.Size} {string.Join(' ', companions.Select(file => (Path.GetFileName(file.Path), file.Size)).Order())}", DropItems.FormOf(companions))
            : WhatIs(order.File));

    private static ProbeResult WhatIs(ObservedFile file) => Path.GetExtension(file.Path) switch
    {
        _ when file.Size % 10 == 9 => new ProbeResult.Unreadable(new Reason("truncated", file.Path)),
        ".dcm" => new ProbeResult.CtSlice(file.Size % 10 == 8 ? "" : "id-of-header", $"1.2.{file.Size % 2}", $"1.2.3.{file.Path}"),
        ".wsi" => new ProbeResult.Slide($"{file.Size}"),
        _ => ProbeResult.NotCtOrSlide(file.Path),
    };

    private void Store(DropNews news)
    {
        foreach (var path in news.FilesGone)
        {
            _ledgerFiles.Remove(path);
        }

        foreach (var file in news.Files)
        {
            _ledgerFiles[file.Path] = file;
        }

        foreach (var id in news.ItemsGone)
        {
            Ledger.Remove(id);
        }

        foreach (var item in news.Items)
        {
            Ledger[item.Id] = item;
        }
    }
}
