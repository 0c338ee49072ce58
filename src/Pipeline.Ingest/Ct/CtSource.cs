namespace MhdNet.Ingest.Ct;

/// <summary>The series a CT item was made of, as the manifest tells it. No attribute of a person is in it.</summary>
/// <param name="SeriesUid">SeriesInstanceUID.</param>
/// <param name="Files">Files of the series.</param>
/// <param name="Slices">Slices in the ordered stack, before trimming.</param>
/// <param name="Duplicates">Images left out as duplicates of an image or a position.</param>
/// <param name="KeptFirst">First slice kept by the trimming, index in the ordered stack.</param>
/// <param name="KeptLast">Last slice kept.</param>
/// <param name="Unused">Kept frames in no sequence.</param>
/// <param name="Rows">Height of the slices, in pixels.</param>
/// <param name="Columns">Width of the slices, in pixels.</param>
/// <param name="RowSpacingMm">Distance of the rows of pixels.</param>
/// <param name="ColumnSpacingMm">Distance of the columns of pixels.</param>
/// <param name="TiltDegrees">Angle of the slices against the axial plane (gantry tilt).</param>
/// <param name="Shear">How the slices are shifted against each other in their plane.</param>
/// <param name="Spacing">Distances of the slices along their normal, and gaps.</param>
/// <param name="Size">Height and width of the frames, in pixels.</param>
/// <param name="Resampled">Whether the frames were interpolated along z because there were too few slices.</param>
/// <param name="Remainder">What became of the slices behind the last whole sequence.</param>
/// <param name="Interpolated">Frames in sequences that are interpolated between two slices.</param>
/// <param name="Sheared">Whether the frames were shifted so that the stack has right angles.</param>
/// <param name="Window">Hounsfield values shown black and white in the quality picture; the sequences hold all values.</param>
/// <param name="SliceUids">SOPInstanceUID of each slice from <paramref name="KeptFirst"/> to <paramref name="KeptLast"/>, with <c>#n</c> behind for frame n (from 1) of a multi-frame image.</param>
/// <param name="Notes">What was left out, and why.</param>
public sealed record CtSource(
    string SeriesUid, int Files, int Slices, int Duplicates, int KeptFirst, int KeptLast, int Unused, int Rows, int Columns, double RowSpacingMm, double ColumnSpacingMm,
    double TiltDegrees, StackShear Shear, SliceSpacing Spacing, int Size, bool Resampled, RemainderPolicy Remainder, int Interpolated, bool Sheared, HuWindow Window,
    IReadOnlyList<string> SliceUids, IReadOnlyList<string> Notes);

/// <summary>A range of Hounsfield units.</summary>
/// <param name="Low">Shown black.</param>
/// <param name="High">Shown white.</param>
public sealed record HuWindow(int Low, int High);
