namespace MhdNet.Training.Metrics;

/// <summary>A 95 % interval.</summary>
/// <param name="Low">2.5 % of the resamples lie below.</param>
/// <param name="High">2.5 % of the resamples lie above.</param>
public sealed record Interval(double Low, double High);
