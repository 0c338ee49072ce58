namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>What tells one content of a file from another without reading all of it. Only marks of one process compare.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Head">A hash of the first 4 KiB, where an image says which it is.</param>
internal readonly record struct FileMark(long Length, DateTime Modified, int Head);
