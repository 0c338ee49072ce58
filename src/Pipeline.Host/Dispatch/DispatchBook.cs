using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Dispatch;

/// <summary>
/// Who works on what: workers that asked, jobs in their hands, jobs that wait to be read alone. Plain memory, a few steps for each job however many workers there are. A job that ended a
/// worker before is read by a worker with no other job, so that its next death is its own; a worker is kept free for it if none is.
/// </summary>
/// <param name="time">The clock of the leases.</param>
/// <param name="limit">The time limit of a job.</param>
internal sealed class DispatchBook(TimeProvider time, Func<Job, TimeSpan> limit)
{
    private readonly Dictionary<WorkerId, Desk> _desks = [];
    private readonly Dictionary<long, Lease> _leases = [];
    private readonly Queue<Desk> _asking = new(); // every desk with room, once, and some that take nothing any more
    private readonly Queue<Job> _alone = new();
    private long _last;
    private int _room;

    /// <summary>How many more jobs could be handed out now.</summary>
    public int Wanted => Math.Max(0, _room - _alone.Count);

    /// <summary>How many workers stand in the queue for jobs: never more than there are.</summary>
    public int Queued => _asking.Count;

    /// <summary>Jobs in workers' hands.</summary>
    public IReadOnlyCollection<Lease> Leases => _leases.Values;

    /// <summary>Jobs that wait to be read alone.</summary>
    public IReadOnlyCollection<Job> Alone => _alone;

    /// <summary>A worker came.</summary>
    public void Enter(WorkerId worker, int capacity) => _desks.TryAdd(worker, new Desk(worker, capacity));

    /// <summary>A worker is gone.</summary>
    /// <returns>The jobs that it had.</returns>
    public IReadOnlyList<Lease> Leave(WorkerId worker)
    {
        if (!_desks.Remove(worker, out var desk))
        {
            return [];
        }

        Lease[] leases = [.. desk.Held.Select(number => _leases[number])];
        Change(desk, gone => (gone.Asked, gone.Capacity) = (0, 0));
        Array.ForEach(leases, lease => _leases.Remove(lease.Number));
        return leases;
    }

    /// <summary>A worker has room.</summary>
    /// <returns>Jobs that it should have, and says nothing of.</returns>
    public IReadOnlyList<Lease> Ask(WorkerId worker, int room, IReadOnlyCollection<long> held)
    {
        if (!_desks.TryGetValue(worker, out var desk))
        {
            return [];
        }

        Change(desk, asking => asking.Asked = room);
        return [.. desk.Held.Except(held).Select(number => _leases[number])];
    }

    /// <summary>Hands out jobs to workers that asked.</summary>
    /// <param name="jobs">At most as many as are <see cref="Wanted"/>; those behind that are handed out when someone asks.</param>
    public IReadOnlyList<Lease> Place(IEnumerable<Job> jobs)
    {
        var given = new List<Lease>();
        foreach (var job in jobs)
        {
            if (job.Deaths == 0 && NextAsking() is { } desk)
            {
                given.Add(Give(job, desk));
            }
            else
            {
                _alone.Enqueue(job);
            }
        }

        PlaceAlone(given);
        return given;
    }

    /// <summary>A job ended.</summary>
    /// <returns>Its lease; null where that ended before.</returns>
    public Lease? End(WorkerId worker, long number)
    {
        if (!_leases.TryGetValue(number, out var lease) || lease.Worker != worker)
        {
            return null;
        }

        _leases.Remove(number);
        Change(_desks[worker], desk =>
        {
            desk.Held.Remove(number);
            desk.Alone &= desk.Held.Count > 0;
        });
        return lease;
    }

    /// <summary>Jobs that are not finished after their time.</summary>
    public IReadOnlyList<Lease> Overdue() => [.. _leases.Values.Where(lease => time.GetElapsedTime(lease.Begun) >= lease.Limit)];

    private void PlaceAlone(List<Lease> given)
    {
        while (_alone.TryPeek(out var job))
        {
            if (_desks.Values.FirstOrDefault(desk => desk.Held.Count == 0 && desk.Asked > 0) is not { } empty)
            {
                if (!_desks.Values.Any(desk => desk.Alone && desk.Held.All(number => _leases[number].Job.Deaths == 0)) && _desks.Values.Where(desk => !desk.Alone).MinBy(desk => desk.Held.Count) is { } next)
                {
                    Change(next, kept => kept.Alone = true); // it gets no more until it is empty
                }

                return;
            }

            _alone.Dequeue();
            Change(empty, kept => kept.Alone = false);
            given.Add(Give(job, empty));
            Change(empty, kept => kept.Alone = true);
        }
    }

    private Desk? NextAsking()
    {
        while (_asking.TryDequeue(out var desk))
        {
            desk.IsQueued = false;
            if (desk.Free > 0)
            {
                return desk;
            }
        }

        return null;
    }

    private Lease Give(Job job, Desk desk)
    {
        var lease = new Lease(++_last, desk.Worker, job, time.GetTimestamp(), limit(job));
        _leases.Add(lease.Number, lease);
        Change(desk, taking =>
        {
            taking.Held.Add(lease.Number);
            taking.Asked--;
        });
        return lease;
    }

    private void Change(Desk desk, Action<Desk> change)
    {
        _room -= desk.Free;
        change(desk);
        _room += desk.Free;
        if (desk is { Free: > 0, IsQueued: false })
        {
            desk.IsQueued = true;
            _asking.Enqueue(desk);
        }
    }

    /// <summary>What is known of one worker.</summary>
    private sealed class Desk(WorkerId worker, int capacity)
    {
        public WorkerId Worker { get; } = worker;

        public int Capacity { get; set; } = capacity;

        public int Asked { get; set; }

        /// <summary>It reads one job that nothing may be read beside, or is to be empty for one.</summary>
        public bool Alone { get; set; }

        public bool IsQueued { get; set; }

        public HashSet<long> Held { get; } = [];

        public int Free => Alone ? 0 : Math.Max(0, Math.Min(Asked, Capacity - Held.Count));
    }
}
