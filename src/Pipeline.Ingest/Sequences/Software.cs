using System.Reflection;

namespace MhdNet.Ingest.Sequences;

/// <summary>How this program names itself in what it writes.</summary>
public static class Software
{
    /// <summary>Name, version and, where it was built from a repository, the commit: <c>mhdnet 0.1.0+04a986a</c>.</summary>
    public static string Name { get; } = $"mhdnet {(typeof(Software).Assembly.GetName().Version ?? new Version(0, 0, 0)).ToString(3)}{Commit}";

    private static string Commit =>
        typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: >= 7 } commit] ? $"+{commit[..7]}" : "";
}
