namespace MhdNet.Host.Runs;

/// <summary>Message to the <see cref="RunDirector"/>: begin nothing more, stop the trainer after its step. Answered with <see cref="DirectorStopped"/>.</summary>
public sealed record StopDirector;

/// <summary>Nothing is in training any more, and the run's row says so.</summary>
public sealed record DirectorStopped;
