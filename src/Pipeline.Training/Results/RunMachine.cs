using MhdNet.Training.Arithmetic;

namespace MhdNet.Training.Results;

/// <summary>A machine that trained a run, from some time on: an entry of the run's <c>provenance.json</c>.</summary>
/// <param name="Since">When it began, or went on with the run.</param>
/// <param name="Software">Name and version of the program.</param>
/// <param name="Computed">On what it computed.</param>
public sealed record RunMachine(DateTimeOffset Since, string Software, Provenance Computed);
