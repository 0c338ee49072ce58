using Akka.Actor;
using MhdNet.Host.Status;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Dispatch;

/// <summary>
/// Stands before the ledger where a drop folder is watched: what fails, or ends its worker, while the drop folder or the work folder is away (a share that does not answer, a disk that is not mounted) says
/// nothing of the item. It goes back as if nobody had begun it, and nothing is given out until both are there again. A look that takes long, or never ends, counts as that, and holds up nothing.
/// </summary>
internal sealed class DropGuard : ReceiveActor
{
    private const string Part = "reading";
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1); // a look that was stuck at a share that is gone for good stays stuck when another is mounted in its place
    private readonly IActorRef _ledger;
    private readonly Func<string?> _away;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private Task<string?>? _look;
    private long _lookBegan;
    private long _generation;
    private bool _isAway;
    private bool _looking;

    /// <summary>A guard.</summary>
    /// <param name="ledger">The ledger's actor.</param>
    /// <param name="away">Which of the folders is away, as the beginning of a sentence (<see cref="Away"/>); null where both are there.</param>
    /// <param name="patience">How long a look may take.</param>
    /// <param name="time">The clock.</param>
    public DropGuard(IActorRef ledger, Func<string?> away, TimeSpan patience, TimeProvider time)
    {
        (_ledger, _away, _patience, _time) = (ledger, away, patience, time);
        Receive<JobFinished>(finished => finished.Outcome is not Outcome.Done, finished => Judge(finished, finished.Item));
        Receive<JobDied>(died => Judge(died, died.Item));
        Receive<Judged>(Pass);
        Receive<TakeReady>(_ => _isAway, _ => Wait());
        Receive<Seen>(Note);
        Receive<ReturnRunning>(all =>
        {
            _generation++; // with these goes back what is still judged
            _ledger.Forward(all);
        });
        ReceiveAny(_ledger.Forward);
    }

    /// <summary>Which of a host's folders is away; null where both are there.</summary>
    public static string? Away(string dropFolder, string workFolder) =>
        !HostMark.IsIn(workFolder) ? $"The work folder {workFolder} is not there"
        : !FolderPresence.IsThere(dropFolder) ? $"The drop folder {dropFolder} is not there, or is bare (where all was deleted on purpose, make a file .done in it)"
        : null;

    /// <inheritdoc/>
    protected override void PreStart() => Tell(null);

    private void Judge(object news, ItemId item)
    {
        var (from, generation) = (Sender, _generation);
        Look(away => new Judged(away is null ? news : new JobReturned(item), away, from, generation));
    }

    private void Pass(Judged judged)
    {
        if (judged.Generation == _generation)
        {
            _ledger.Tell(judged.News, judged.From);
        }

        if (judged.Away is { } away)
        {
            _isAway = true;
            Tell($"{away}, so what failed meanwhile goes back, and no item is begun. Look whether it is mounted and its share answers; it goes on by itself.");
        }
    }

    private void Wait()
    {
        Sender.Tell(new Jobs([], null)); // it asks again soon
        if (!_looking)
        {
            _looking = true;
            Look(away => new Seen(away is null));
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

    private void Look(Func<string?, object> result)
    {
        if (_look is null or { IsCompleted: true } || _time.GetElapsedTime(_lookBegan) > Renewal)
        {
            (_look, _lookBegan) = (Task.Run(_away), _time.GetTimestamp());
        }

        Bounded(_look).PipeTo(Self, success: result);
    }

    private async Task<string?> Bounded(Task<string?> look)
    {
        try
        {
            return await look.WaitAsync(_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return FormattableString.Invariant($"The drop folder or the work folder has not answered for {_patience.TotalSeconds:0.#} s");
        }
    }

    private static void Tell(string? problem) => Context.System.EventStream.Publish(new PartState(Part, problem));

    private sealed record Judged(object News, string? Away, IActorRef From, long Generation);

    private sealed record Seen(bool IsThere);
}
