using MhdNet.Training.Options;

namespace MhdNet.Training.Ablation;

/// <summary>One row of an ablation table: a changed method, and which of its networks is measured.</summary>
/// <param name="Name">As in the table: <c>w/o KL</c>.</param>
/// <param name="Options">The options that make it so; types and seed are filled in later.</param>
/// <param name="Phase">The network that is measured: <c>student</c>, <c>teacher</c>, <c>radiology</c> or <c>pathology</c>.</param>
/// <param name="Paper">What the paper reports for it.</param>
public sealed record AblationVariant(string Name, MhdOptions Options, string Phase, PaperFigures Paper);
