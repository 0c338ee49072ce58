using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Dispatch;

/// <summary>
/// Who works on what: workers that asked, jobs in their hands, jobs that wait to be read alone. Plain memory, a few steps for each job however many workers there are. A job that ended a
/// worker before is read by a worker with no other job, so that its next death is its own; a worker is kept free for it if none is. A job with which a machine was lost is read on a machine that reads
/// nothing else; on the host's only where no other was there for some minutes, so that one that begins anew reads it again.
/// </summary>
/// <param name="time">The clock of the leases.</param>
/// <param name="limit">The time limit of a job.</param>
internal sealed class DispatchBook(TimeProvider time, Func<Job, TimeSpan> limit)
{
    private readonly Dictionary<WorkerId, Desk> _desks = [];
    private readonly Dictionary<string, Bench> _benches = [];
    private readonly Dictionary<long, Lease> _leases = [];
    private readonly Queue<Desk> _asking = new(); // every desk with room, once, and some that take nothing any more
    private readonly Queue<Job> _alone = new();
    private readonly Queue<Job> _suspects = new(); // with which a machine was lost: never more than machines had in their hands
    private long? _machineLeft; // when another machine was last here
    private long _last;
    private int _room;

    /// <summary>How long a job with which a machine was lost waits for another machine, where there is none, before it is read on the host's.</summary>
    public static readonly TimeSpan MachinePatience = TimeSpan.FromMinutes(5);

    /// <summary>How many more jobs could be handed out now.</summary>
    public int Wanted => Math.Max(0, _room - _alone.Count);

    /// <summary>How many workers stand in the queue for jobs: never more than there are.</summary>
    public int Queued => _asking.Count;

    /// <summary>Jobs in workers' hands.</summary>
    public IReadOnlyCollection<Lease> Leases => _leases.Values;

    /// <summary>Jobs that wait to be read alone.</summary>
    public IReadOnlyCollection<Job> Alone => [.. _alone, .. _suspects];

    /// <summary>A worker came.</summary>
    public void Enter(WorkerId worker, int capacity)
    {
        if (_desks.ContainsKey(worker))
        {
            return;
        }

        if (!_benches.TryGetValue(worker.Machine, out var bench))
        {
            _benches.Add(worker.Machine, bench = new Bench(worker.Machine));
        }

        var desk = new Desk(worker, capacity, bench);
        _desks.Add(worker, desk);
        bench.Desks.Add(desk);
    }

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
        Array.ForEach(leases, lease => Remove(lease, desk.Bench));
        desk.Bench.Desks.Remove(desk);
        if (desk.Bench.Desks.Count == 0)
        {
            _benches.Remove(desk.Bench.Machine);
            _machineLeft = desk.Bench.IsHost ? _machineLeft : time.GetTimestamp();
        }

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
            if (job is { Deaths: 0, Losses: 0 } && NextAsking() is { } desk)
            {
                given.Add(Give(job, desk));
            }
            else
            {
                (job.Losses > 0 ? _suspects : _alone).Enqueue(job);
            }
        }

        PlaceSuspects(given);
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

        Remove(lease, _desks[worker].Bench);
        Change(_desks[worker], desk =>
        {
            desk.Held.Remove(number);
            desk.Alone &= desk.Held.Count > 0;
        });
        return lease;
    }

    /// <summary>Jobs that are not finished after their time.</summary>
    public IReadOnlyList<Lease> Overdue() => [.. _leases.Values.Where(lease => time.GetElapsedTime(lease.Begun) >= lease.Limit)];

    private void Remove(Lease lease, Bench bench)
    {
        _leases.Remove(lease.Number);
        if (bench.Only == lease.Number)
        {
            Change(bench, empty => empty.Only = null);
        }
    }

    private void PlaceAlone(List<Lease> given)
    {
        while (_alone.Count > 0 && EmptyDesk() is { } empty)
        {
            Keep((Desk?)null);
            given.Add(Give(_alone.Dequeue(), empty));
            Change(empty, reading => reading.Alone = true);
        }
    }

    private void PlaceSuspects(List<Lease> given)
    {
        while (_suspects.Count > 0 && EmptyMachine() is { } empty)
        {
            Keep((Bench?)null);
            var lease = Give(_suspects.Dequeue(), empty);
            given.Add(lease);
            Change(empty.Bench, reading => reading.Only = lease.Number);
        }
    }

    /// <summary>A worker without a job that asked for one; where there is none, one is kept free from now on.</summary>
    private Desk? EmptyDesk()
    {
        var open = _desks.Values.Where(desk => !desk.Bench.IsClosed && !desk.Alone).ToList();
        if (open.Find(desk => desk.Held.Count == 0 && desk.Asked > 0) is { } empty)
        {
            return empty;
        }

        Keep(open.Find(desk => desk.IsKept) ?? open.MinBy(desk => desk.Held.Count)); // it gets no more until it is empty
        return null;
    }

    /// <summary>A worker that asked for a job, on a machine without any; where there is none, a machine is kept free from now on.</summary>
    private Desk? EmptyMachine()
    {
        var mayBeHost = _benches.Values.All(bench => bench.IsHost) && (_machineLeft is not { } left || time.GetElapsedTime(left) >= MachinePatience);
        var machines = _benches.Values.Where(bench => bench.IsHost == mayBeHost && bench.Only is null).ToList();
        if (machines.Where(bench => bench.Held == 0).SelectMany(bench => bench.Desks).FirstOrDefault(desk => desk.Asked > 0) is { } empty)
        {
            return empty;
        }

        Keep(machines.Find(bench => bench.IsKept) ?? machines.MinBy(bench => bench.Held));
        return null;
    }

    private void Keep(Desk? worker)
    {
        foreach (var desk in _desks.Values.Where(desk => desk.IsKept != (desk == worker)))
        {
            Change(desk, changed => changed.IsKept = !changed.IsKept);
        }
    }

    private void Keep(Bench? machine)
    {
        foreach (var bench in _benches.Values.Where(bench => bench.IsKept != (bench == machine)))
        {
            Change(bench, changed => changed.IsKept = !changed.IsKept);
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

    private void Change(Bench bench, Action<Bench> change)
    {
        _room -= bench.Desks.Sum(desk => desk.Free);
        change(bench);
        _room += bench.Desks.Sum(desk => desk.Free);
        bench.Desks.ForEach(Queue);
    }

    private void Change(Desk desk, Action<Desk> change)
    {
        _room -= desk.Free;
        change(desk);
        _room += desk.Free;
        Queue(desk);
    }

    private void Queue(Desk desk)
    {
        if (desk is { Free: > 0, IsQueued: false })
        {
            desk.IsQueued = true;
            _asking.Enqueue(desk);
        }
    }
}
