namespace MhdNet.Training.Network;

/// <summary>What the teacher computes of a batch of N samples, P of them with pathology.</summary>
/// <param name="Radiology">Of all N samples.</param>
/// <param name="Pathology">Of the P samples; null when there are none.</param>
/// <param name="Fusion">Of the P samples; null when there are none.</param>
public sealed record TeacherOutput(BranchFeatures Radiology, BranchFeatures? Pathology, BranchFeatures? Fusion);
