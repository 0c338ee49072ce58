namespace MhdNet.Ingest.Drop;

/// <summary>A file that is to be read far enough to say what it is.</summary>
/// <param name="File">The file.</param>
/// <param name="Companions">The other files of the slide that it is, by name; null where it is no slide by name.</param>
public sealed record FileToProbe(ObservedFile File, IReadOnlyList<ObservedFile>? Companions = null);
