using MhdNet.Ingest.Items;

namespace MhdNet.Benchmarks.Dispatch;

/// <summary>Jobs as the ledger hands them out: a slide each.</summary>
internal static class SimulatedJobs
{
    public static ItemId Item(int number) => new($"P{number / 10:000000}-slide-{number:x10}");

    public static Job Of(int number) => new(Item(number), ItemKind.Slide, $"P{number / 10:000000}", [$"/drop/P{number / 10:000000}/{number}.svs"], 1);
}
