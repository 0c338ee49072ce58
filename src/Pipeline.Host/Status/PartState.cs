namespace MhdNet.Host.Status;

/// <summary>On the event stream: a part of the host fails again and again, or works again. <c>mhdnet status</c> tells it.</summary>
/// <param name="Part">The part: <c>workers</c>, <c>drop folder</c>.</param>
/// <param name="Problem">What is wrong; null where the part works.</param>
public sealed record PartState(string Part, string? Problem);
