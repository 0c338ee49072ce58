namespace MhdNet.Host.Dispatch;

/// <summary>Message to the <see cref="Dispatcher"/>: start nothing more, stop the runners, hand their jobs back to the ledger. Answered with <see cref="DispatchStopped"/>.</summary>
public sealed record StopDispatch;

/// <summary>The running jobs are on their way back to the ledger.</summary>
public sealed record DispatchStopped;
