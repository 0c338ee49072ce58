using System.Runtime.InteropServices;
using Akka.Streams.Dsl;
using MhdNet.Host.Dispatch;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Workers;

/// <summary>
/// Faults that tests have a worker commit: each line of the file that <c>MHDNET_FAULT_FILE</c> names is a part of an item's name and what
/// happens when the item is read (<c>segv</c>, <c>abort</c>, <c>overflow</c>, <c>hang</c>, <c>leak</c>; <c>machine</c> ends the process
/// that started the worker, as if its machine went down; <c>slow</c> reads it after a while; <c>held</c> waits until the file says
/// something else); with a line <c>worker stillborn</c> workers end before they are ready. Only where a file <c>faults.allowed</c> lies
/// beside the program, which only the tests' build puts there.
/// </summary>
internal static partial class Faults
{
    /// <summary>The file of faults; null where none may be committed.</summary>
    public static string? Allowed => Environment.GetEnvironmentVariable("MHDNET_FAULT_FILE") is { Length: > 0 } file && File.Exists(Path.Combine(AppContext.BaseDirectory, "faults.allowed")) ? file : null;

    /// <summary>The graph, with the faults that are asked for.</summary>
    public static JobGraph In(JobGraph graph) =>
        Allowed is { } file
            ? (job, tiling) => Released(file, job) switch
            {
                null => graph(job, tiling),
                "slow" => Slow(() => graph(job, tiling)),
                var fault => Faulty(fault),
            }
            : graph;

    /// <summary>Ends this process, where that is asked for.</summary>
    public static void BeforeReady()
    {
        if (Allowed is { } file && File.ReadLines(file).Contains("worker stillborn"))
        {
            Console.Error.WriteLine("a test asked for a worker that is never ready");
            Environment.Exit(1);
        }
    }

    private static string? Released(string file, Job job)
    {
        string? wanted;
        while ((wanted = Wanted(file, job)) == "held")
        {
            Thread.Sleep(20);
        }

        return wanted;
    }

    private static string? Wanted(string file, Job job) => File.ReadLines(file).Select(line => line.Split(' ')).FirstOrDefault(words => job.Item.Value.Contains(words[0], StringComparison.Ordinal))?[1];

    private static IRunnableGraph<Task<Outcome>> Slow(Func<IRunnableGraph<Task<Outcome>>> graph)
    {
        Thread.Sleep(200);
        return graph();
    }

    private static IRunnableGraph<Task<Outcome>> Faulty(string fault) => Source.Single(fault)
        .SelectAsync(1, word => Task.Run(() => Commit(word)))
        .ToMaterialized(Sink.First<Outcome>(), Keep.Right);

    private static unsafe Outcome Commit(string fault)
    {
        Console.Error.WriteLine($"a test asked for the fault '{fault}'");
        switch (fault)
        {
            case "segv":
                return LengthOf(8) > 0 ? Commit(fault) : Commit(fault);
            case "abort":
                Abort();
                break;
            case "overflow":
                return Deeper(0) > 0 ? Commit(fault) : Commit(fault);
            case "hang":
                new ManualResetEvent(false).WaitOne();
                break;
            case "leak":
                while (true)
                {
                    NativeMemory.Fill(NativeMemory.Alloc(1 << 24), 1 << 24, 1);
                }

            case "machine":
                _ = Kill(ParentId(), 9);
                new ManualResetEvent(false).WaitOne();
                break;
            default:
                break;
        }

        return new Outcome.Failed(new Reason("no-such-fault", $"'{fault}' is none of segv, abort, overflow, hang, leak, machine"));
    }

    private static int Deeper(int depth) => Deeper(depth + 1) + depth;

    /// <summary>Of a text where no memory is: the fault happens in native code, as a decoder's does.</summary>
    [LibraryImport("libc", EntryPoint = "strlen")]
    private static partial nint LengthOf(nint text);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "abort")]
    private static partial void Abort();
}
