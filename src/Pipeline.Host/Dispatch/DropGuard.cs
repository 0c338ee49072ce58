using Akka.Actor;
using MhdNet.Host.Status;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Dispatch;

/// <summary>
/// Stands before the ledger where a drop folder is watched: what fails, or ends its worker, while the folder is not there (a share that does not answer, a disk that is not mounted) says nothing of the
/// item. It goes back as if nobody had begun it, and nothing is given out until the folder is there again. A look at the folder that takes long, or never ends, holds up what it was for and nothing else.
/// </summary>
internal sealed class DropGuard : ReceiveActor
{
    private const string Part = "reading";
    private readonly IActorRef _ledger;
    private readonly string _folder;
    private readonly Func<string, bool> _isThere;
    private bool _isAway;
    private bool _looking;

    /// <summary>A guard.</summary>
    /// <param name="ledger">The ledger's actor.</param>
    /// <param name="folder">The drop folder.</param>
    /// <param name="isThere">Whether it is there.</param>
    public DropGuard(IActorRef ledger, string folder, Func<string, bool> isThere)
    {
        (_ledger, _folder, _isThere) = (ledger, folder, isThere);
        Receive<JobFinished>(finished => finished.Outcome is not Outcome.Done, finished => Judge(finished, finished.Item));
        Receive<JobDied>(died => Judge(died, died.Item));
        Receive<Judged>(Pass);
        Receive<TakeReady>(_ => _isAway, _ => Wait());
        Receive<Seen>(Note);
        ReceiveAny(_ledger.Forward);
    }

    private void Judge(object news, ItemId item)
    {
        var from = Sender;
        Look(isThere => new Judged(isThere ? news : new JobReturned(item), isThere, from));
    }

    private void Pass(Judged judged)
    {
        _ledger.Tell(judged.News, judged.From);
        if (!judged.IsThere)
        {
            _isAway = true;
            Tell($"The drop folder {_folder} is not there, so what failed meanwhile goes back, and no item is begun. Look whether it is mounted and its share answers; it goes on by itself.");
        }
    }

    private void Wait()
    {
        Sender.Tell(new Jobs([], null)); // it asks again soon
        if (!_looking)
        {
            _looking = true;
            Look(isThere => new Seen(isThere));
        }
    }

    private void Note(Seen seen)
    {
        _looking = false;
        if (seen.IsThere)
        {
            _isAway = false;
            Tell(null);
        }
    }

    private void Look(Func<bool, object> result) => Task.Run(() => _isThere(_folder)).PipeTo(Self, success: result);

    private static void Tell(string? problem) => Context.System.EventStream.Publish(new PartState(Part, problem));

    private sealed record Judged(object News, bool IsThere, IActorRef From);

    private sealed record Seen(bool IsThere);
}
