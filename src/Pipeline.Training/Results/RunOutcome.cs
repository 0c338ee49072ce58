using MhdNet.Ingest.Items;

namespace MhdNet.Training.Results;

/// <summary>How a run ended: <c>outcome.json</c>. A run without one, or with <see cref="RunEnd.Stopped"/>, can be resumed.</summary>
/// <param name="End">Which way.</param>
/// <param name="Reason">Why it failed, or what people should know; null where there is nothing to say.</param>
/// <param name="At">When.</param>
public sealed record RunOutcome(RunEnd End, Reason? Reason, DateTimeOffset At);
