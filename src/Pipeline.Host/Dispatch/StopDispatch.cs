namespace MhdNet.Host.Dispatch;

/// <summary>Message to the <see cref="Dispatcher"/>: start nothing more, end the workers, hand their jobs back to the ledger. Answered with <see cref="DispatchStopped"/>.</summary>
public sealed record StopDispatch;

/// <summary>No worker is left; the jobs that they had are on their way back to the ledger.</summary>
public sealed record DispatchStopped;
