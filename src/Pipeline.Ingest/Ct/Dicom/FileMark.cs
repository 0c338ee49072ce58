namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>What tells one content of a file from another without reading all of it. Marks of two processes compare, too.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Head">A checksum of the first 4 KiB, where an image says which it is.</param>
internal readonly record struct FileMark(long Length, DateTime Modified, uint Head)
{
    /// <summary>Whether the file still has the length and time of this mark; reads nothing of it.</summary>
    public bool Fits(string path) => new FileInfo(path) is { Exists: true } file && file.Length == Length && file.LastWriteTimeUtc == Modified;
}
