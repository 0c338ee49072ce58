namespace MhdNet.Ingest.Drop;

/// <summary>Looks into a file far enough to say what it is.</summary>
public interface IFileProbe
{
    /// <summary>Reads the header of a file. Called from several threads at once, and once only for each form of a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <returns>What it is; what cannot be read is a value, too.</returns>
    ProbeResult Probe(string path);
}
