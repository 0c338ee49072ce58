using Akka.Actor;
using Akka.Event;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Runs;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Hosting;

/// <summary>
/// How a host ends, in the phases of Akka's coordinated shutdown, each in bounded time: no more work is taken, and workers end and their jobs go back; the trainer ends its step and writes its
/// checkpoint; all of that is on disk; the cluster is left. What does not answer in time is set right at the next start.
/// </summary>
internal static class HostShutdown
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(38); // a little less than the phase of these two has in config/akka.hocon, so that the log names who did not answer

    /// <summary>Arranges it.</summary>
    public static void Arrange(ActorSystem system, ActorWiring actors)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "hand-back-jobs", () => actors.Dispatcher.IsNobody() ? Done() : Ask<DispatchStopped>(system, actors.Dispatcher, new StopDispatch()));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "checkpoint", () => Ask<DirectorStopped>(system, actors.Director, new StopDirector()));

        // Mailboxes are in order: once this is answered, all of the above is on disk. What is still judged (a share that does not answer) goes back at the next start.
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "ledger", () => Ask<ItemCounts>(system, actors.Ledger, new CountItems()));
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "quiet", () =>
        {
            system.EventStream.SetLogLevel(LogLevel.ErrorLevel); // what comes after the loggers' end would go to the console
            return Done();
        });
    }

    private static Task<Akka.Done> Done() => Task.FromResult(Akka.Done.Instance);

    private static async Task<Akka.Done> Ask<T>(ActorSystem system, IActorRef part, object question)
    {
        try
        {
            await part.Ask<T>(question, Patience).ConfigureAwait(false);
        }
        catch (AskTimeoutException e)
        {
            system.Log.Warning(e, "The {0} did not stop within {1}; the next start sets it right", part.Path.Name, Patience);
        }

        return Akka.Done.Instance;
    }
}
