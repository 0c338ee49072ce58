namespace MhdNet.Host.Ablations;

/// <summary>Message to the <see cref="AblationDirector"/>: end after the present step; the next start goes on from there.</summary>
public sealed record StopAblation;
