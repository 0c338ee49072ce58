namespace MhdNet.Host.Runs;

/// <summary>On the event stream, when it changed: what people should know of labels and store together, such as patients whom the labels do not name.</summary>
/// <param name="Sentences">One a remark.</param>
public sealed record CohortNotes(IReadOnlyList<string> Sentences);
