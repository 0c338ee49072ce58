using System.Diagnostics;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;

namespace MhdNet.Benchmarks.Dispatch;

/// <summary>The dispatcher's book-keeping: every worker asks, gets a job, ends it and asks again.</summary>
internal static class BookRun
{
    public static string Measure(int workers, int jobs)
    {
        var book = new DispatchBook(TimeProvider.System, _ => TimeSpan.FromMinutes(10));
        WorkerId[] ids = [.. Enumerable.Range(1, workers).Select(number => new WorkerId($"{number}.1"))];
        var watch = Stopwatch.StartNew();
        Array.ForEach(ids, id => book.Enter(id, 1));
        Array.ForEach(ids, id => book.Ask(id, 1, []));
        var (given, held) = (0, new Queue<Lease>());
        while (given < jobs || held.Count > 0)
        {
            foreach (var lease in book.Place(Enumerable.Range(given, Math.Min(book.Wanted, jobs - given)).Select(SimulatedJobs.Of)))
            {
                held.Enqueue(lease);
                given++;
            }

            var ended = held.Dequeue(); // the one that began first
            book.End(ended.Worker, ended.Number);
            book.Ask(ended.Worker, 1, []);
        }

        var took = watch.Elapsed;
        GC.KeepAlive(book);
        return Measured.Of(jobs, took);
    }
}
