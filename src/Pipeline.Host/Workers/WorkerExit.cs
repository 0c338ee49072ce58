namespace MhdNet.Host.Workers;

/// <summary>Exit codes that only a worker process has; a host reads them.</summary>
internal static class WorkerExit
{
    /// <summary>It asked for more memory than its limit allows.</summary>
    public const int OutOfMemory = 86;

    /// <summary>Its host is gone.</summary>
    public const int Orphaned = 87;

    /// <summary>The host refused it.</summary>
    public const int Refused = 88;
}
