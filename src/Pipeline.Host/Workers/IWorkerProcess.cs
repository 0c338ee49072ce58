namespace MhdNet.Host.Workers;

/// <summary>A worker process, as whoever started it sees it.</summary>
public interface IWorkerProcess
{
    /// <summary>The system's number for it.</summary>
    int ProcessId { get; }

    /// <summary>Done when the process is gone, and not before: nothing of it writes any more.</summary>
    Task<ProcessEnd> Ended { get; }

    /// <summary>SIGKILL.</summary>
    void Kill();
}

/// <summary>Starts a worker process.</summary>
/// <param name="orders">What it is told.</param>
/// <exception cref="InvalidOperationException">The system does not start it; the message says why.</exception>
public delegate IWorkerProcess StartWorker(WorkerOrders orders);
