using System.Globalization;
using MhdNet.Benchmarks.Dispatch;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["book", var workers, var jobs]:
        Console.WriteLine(BookRun.Measure(int.Parse(workers), int.Parse(jobs)));
        return 0;
    case ["actor", var workers, var jobs]:
        Console.WriteLine(await ActorRun.Measure(int.Parse(workers), int.Parse(jobs)).ConfigureAwait(false));
        return 0;
    case ["ledger", var jobs, var folder]:
        Console.WriteLine(await LedgerRun.Measure(int.Parse(jobs), folder).ConfigureAwait(false));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dispatch-benchmark book WORKERS JOBS    the dispatcher's book-keeping alone: jobs handed out and ended
                   dispatch-benchmark actor WORKERS JOBS   the dispatcher's actor, its workers and the ledger actors that do nothing
                   dispatch-benchmark ledger JOBS FOLDER   the ledger's actor: jobs taken and ended, on the disk of FOLDER
            """);
        return 2;
}
