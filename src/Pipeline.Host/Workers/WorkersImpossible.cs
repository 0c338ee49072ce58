namespace MhdNet.Host.Workers;

/// <summary>On the event stream: this machine lacks what a worker needs, so there is no use in going on.</summary>
/// <param name="Sentence">What it lacks, and the fix.</param>
internal sealed record WorkersImpossible(string Sentence);
