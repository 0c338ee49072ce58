namespace MhdNet.Host.Runs;

/// <summary>On the event stream: a run was evaluated and its report is written.</summary>
/// <param name="Result">Its result, one sentence a network.</param>
/// <param name="Report">Path of the page.</param>
public sealed record RunReported(IReadOnlyList<string> Result, string Report);
