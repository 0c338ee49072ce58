using MhdNet.Training.Options;

namespace MhdNet.Training.Ablation;

/// <summary>One run that a table needs. Several variants may need the same.</summary>
/// <param name="Name">The run's name: says what it trains and, by a hash, from which options and cohort, so that a run that exists is the right one.</param>
/// <param name="Title">For people: <c>student of w/o KL, seed 2</c>.</param>
/// <param name="Options">With types and seed.</param>
/// <param name="Teacher">Name of the run whose teacher the student learns from; null where the run trains all it needs.</param>
public sealed record AblationRun(string Name, string Title, MhdOptions Options, string? Teacher);
