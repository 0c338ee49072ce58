namespace MhdNet.Training.Cohorts;

/// <summary>One sample to be read.</summary>
/// <param name="Ct">The CT sequence.</param>
/// <param name="Slide">The slide sequence it meets; null: pathology absent.</param>
/// <param name="FlipCt">Whether all frames of the CT sequence are mirrored left to right.</param>
/// <param name="FlipSlide">The same for the tiles.</param>
public sealed record PlannedSample(CtSequence Ct, SlideSequence? Slide = null, bool FlipCt = false, bool FlipSlide = false);
