using MhdNet.Training.Ablation;

namespace MhdNet.Host.Ablations;

/// <summary>How an ablation ended.</summary>
/// <param name="Table">What is finished.</param>
/// <param name="Stopped">Whether someone stopped it.</param>
/// <param name="Failed">Runs that failed.</param>
public sealed record AblationEnd(AblationTable Table, bool Stopped, int Failed);
