namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>A piece of compressed pixel data in a file.</summary>
/// <param name="Start">Where it starts in the file.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct PixelFragment(long Start, uint Length);
