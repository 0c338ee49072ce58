namespace MhdNet.Ingest.Sequences;

/// <summary>How this program names itself in what it writes.</summary>
public static class Software
{
    /// <summary>Name and version: <c>mhdnet 0.1.0</c>.</summary>
    public static string Name { get; } = "mhdnet " + (typeof(Software).Assembly.GetName().Version ?? new Version(0, 0, 0)).ToString(3);
}
