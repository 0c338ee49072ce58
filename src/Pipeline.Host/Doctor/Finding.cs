namespace MhdNet.Host.Doctor;

/// <summary>What the doctor found about one thing the program needs.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Good">Whether the program can work with it.</param>
/// <param name="Observed">Version or figure, or what went wrong.</param>
/// <param name="Fix">What to do; null where nothing needs to be done.</param>
public sealed record Finding(string Subject, bool Good, string Observed, string? Fix = null);
