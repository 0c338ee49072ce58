using System.CommandLine;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet retry</c>.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        var work = CommandOptions.Work();
        var items = new Argument<string[]>("ITEM") { Description = "Items to try again: an id ('mhdnet status --json' lists them) or a path as 'mhdnet status' shows it.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All items that are rejected or quarantined." };
        var quarantined = new Option<bool>("--all-quarantined") { Description = "All items that are quarantined." };
        var command = new Command("retry", "Puts rejected, quarantined or done items back to ready. Works while a host runs (it does it) and while none does (the next start goes on from there).")
        {
            items, work, all, quarantined,
        };
        command.SetAction((parsed, stop) => Run(
            Path.GetFullPath(parsed.GetRequiredValue(work).FullName), parsed.GetValue(items) ?? [], parsed.GetValue(all), parsed.GetValue(quarantined), stop));
        return command;
    }

    private static async Task<int> Run(string work, string[] names, bool all, bool quarantined, CancellationToken stop)
    {
        if (names.Length > 0 == (all || quarantined))
        {
            throw new InputException("Say which items: ids or paths, or --all, or --all-quarantined. 'mhdnet status' lists them.");
        }

        var chosen = Choose(LedgerItems.Of(work), names, all);
        if (chosen.Count == 0)
        {
            Console.WriteLine($"nothing to do: no item is {(all ? "rejected or " : "")}quarantined");
            return ExitCode.Ok;
        }

        ItemId[] ids = [.. chosen.Select(item => item.Id)];
        await HostRequest.Carry(
            work, (_, ledger) => OfflineRetry.Run(ledger, ids, TimeProvider.System.GetUtcNow()), () => RetryRequest.Post(work, ids), "mhdnet retry", stop).ConfigureAwait(false);
        return Tell(chosen, LedgerItems.Of(work).ToDictionary(item => item.Id));
    }

    private static List<ItemRecord> Choose(IReadOnlyList<ItemRecord> items, string[] names, bool all)
    {
        if (names.Length == 0)
        {
            return [.. items.Where(item => item.State == ItemState.Quarantined || (all && item.State == ItemState.Rejected))];
        }

        var unknown = names.Where(name => !items.Any(item => IsCalled(item, name))).ToList();
        return unknown.Count > 0
            ? throw new InputException($"No item of the ledger is called {string.Join(", ", unknown.Select(name => $"'{name}'"))}. 'mhdnet status --all' lists the paths, 'mhdnet status --json' the ids. Nothing was changed.")
            : [.. items.Where(item => names.Any(name => IsCalled(item, name)))];
    }

    private static bool IsCalled(ItemRecord item, string name) => item.Id.Value == name || item.Path == name;

    private static int Tell(List<ItemRecord> before, Dictionary<ItemId, ItemRecord> after)
    {
        foreach (var item in before)
        {
            var now = after.GetValueOrDefault(item.Id);
            var was = $"{Word(item.State)}{(item.Reason is null ? "" : $" ({item.Reason.Code})")}";
            Console.WriteLine($"{item.Patient} {item.Path}: " + (item.Content.Length == 0
                ? $"stays {was}: its files are not in the drop folder any more"
                : now is null ? $"{was} -> looked at again"
                : now.UpdatedAt == item.UpdatedAt ? $"stays {was}"
                : $"{was} -> {(now.State is ItemState.Seen or ItemState.Ready or ItemState.Running ? Word(now.State) : $"tried again at once: {Word(now.State)}{(now.Reason is null ? "" : $" ({now.Reason.Code})")}")}"));
        }

        return ExitCode.Ok;
    }

    private static string Word(ItemState state) => state switch
    {
        ItemState.Seen => "seen",
        ItemState.Ready => "ready",
        ItemState.Running => "running",
        ItemState.Done => "done",
        ItemState.Rejected => "rejected",
        _ => "quarantined",
    };
}
