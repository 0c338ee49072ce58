using MhdNet.Host.Workers;

namespace MhdNet.Host.Dispatch;

/// <summary>What a <see cref="DispatchBook"/> knows of one worker.</summary>
/// <param name="worker">The worker.</param>
/// <param name="capacity">Jobs that it may have at the same time.</param>
/// <param name="bench">The workers of its machine.</param>
internal sealed class Desk(WorkerId worker, int capacity, Bench bench)
{
    /// <summary>The worker.</summary>
    public WorkerId Worker { get; } = worker;

    /// <summary>The workers of its machine, this one among them.</summary>
    public Bench Bench { get; } = bench;

    /// <summary>Jobs that it may have at the same time.</summary>
    public int Capacity { get; set; } = capacity;

    /// <summary>Jobs that it asked for and did not get yet.</summary>
    public int Asked { get; set; }

    /// <summary>It reads one job that nothing may be read beside.</summary>
    public bool Alone { get; set; }

    /// <summary>It is to be empty for such a job.</summary>
    public bool IsKept { get; set; }

    /// <summary>It stands in the queue of those that asked.</summary>
    public bool IsQueued { get; set; }

    /// <summary>The leases in its hands.</summary>
    public HashSet<long> Held { get; } = [];

    /// <summary>How many jobs it could be given now.</summary>
    public int Free => Alone || IsKept || Bench.IsClosed ? 0 : Math.Max(0, Math.Min(Asked, Capacity - Held.Count));
}

/// <summary>The workers of one machine.</summary>
/// <param name="machine">Its name; empty: the host's own.</param>
internal sealed class Bench(string machine)
{
    /// <summary>The machine's name; empty for the host's own.</summary>
    public string Machine { get; } = machine;

    /// <summary>Whether it is the host's own machine.</summary>
    public bool IsHost => Machine.Length == 0;

    /// <summary>Its workers.</summary>
    public List<Desk> Desks { get; } = [];

    /// <summary>The lease of the one job that is read on the whole machine; null: there is no such.</summary>
    public long? Only { get; set; }

    /// <summary>It is to be empty for such a job.</summary>
    public bool IsKept { get; set; }

    /// <summary>Nothing is given to it.</summary>
    public bool IsClosed => IsKept || Only is not null;

    /// <summary>Jobs in its workers' hands.</summary>
    public int Held => Desks.Sum(desk => desk.Held.Count);
}
