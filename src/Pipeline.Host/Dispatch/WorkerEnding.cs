using MhdNet.Host.Workers;

namespace MhdNet.Host.Dispatch;

/// <summary>Why a worker's process ended.</summary>
public enum EndCause
{
    /// <summary>By itself, or by something that is not this program.</summary>
    ByItself,

    /// <summary>The host ended it because one of its jobs took too long.</summary>
    Overdue,

    /// <summary>The host ended it because it did not answer any more.</summary>
    Unanswering,

    /// <summary>The host ended it because the host itself ends, or its machine left.</summary>
    Stopped,

    /// <summary>Its machine was not heard of any more: cut off, or without power.</summary>
    Lost,
}

/// <summary>A worker process is gone.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Cause">Why.</param>
/// <param name="Process">How.</param>
internal sealed record WorkerEnding(WorkerId Worker, EndCause Cause, ProcessEnd Process);
