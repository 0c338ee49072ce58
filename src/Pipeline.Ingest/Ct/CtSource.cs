namespace MhdNet.Ingest.Ct;

/// <summary>The series a CT item was made of, as the manifest tells it. No attribute of a person is in it.</summary>
/// <param name="SeriesUid">SeriesInstanceUID.</param>
/// <param name="Files">Files of the series.</param>
/// <param name="Slices">Slices in the ordered stack, before trimming.</param>
/// <param name="Duplicates">Files left out as duplicates of an image or a position.</param>
/// <param name="KeptFirst">First slice kept by the trimming, index in the ordered stack.</param>
/// <param name="KeptLast">Last slice kept.</param>
/// <param name="Unused">Kept slices in no sequence.</param>
/// <param name="Rows">Height of the slices, in pixels.</param>
/// <param name="Columns">Width of the slices, in pixels.</param>
/// <param name="RowSpacingMm">Distance of the rows of pixels.</param>
/// <param name="ColumnSpacingMm">Distance of the columns of pixels.</param>
/// <param name="TiltDegrees">Angle of the slices against the axial plane (gantry tilt).</param>
/// <param name="Spacing">Distances of the slices along their normal, and gaps.</param>
/// <param name="Size">Height and width of the frames, in pixels.</param>
/// <param name="Resampled">Whether the frames were interpolated along z because there were too few slices.</param>
/// <param name="Remainder">What became of the slices behind the last whole sequence.</param>
/// <param name="Notes">What was left out, and why.</param>
public sealed record CtSource(
    string SeriesUid, int Files, int Slices, int Duplicates, int KeptFirst, int KeptLast, int Unused, int Rows, int Columns, double RowSpacingMm, double ColumnSpacingMm,
    double TiltDegrees, SliceSpacing Spacing, int Size, bool Resampled, RemainderPolicy Remainder, IReadOnlyList<string> Notes);
