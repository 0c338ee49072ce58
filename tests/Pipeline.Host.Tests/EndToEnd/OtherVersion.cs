using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>The built program with another version, in a folder of its own: what tells the version is stamped anew, the rest is linked.</summary>
internal static class OtherVersion
{
    private const string Versioned = "Pipeline.Ingest.dll";

    /// <summary>Makes it.</summary>
    /// <param name="folder">Where; must not be there yet.</param>
    /// <param name="build">The third number of its version.</param>
    /// <returns>The program.</returns>
    public static string In(string folder, ushort build)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos())
        {
            // The program looks for its parts where it really lies, so these are copies.
            if (file.Name == Versioned || file.Name.StartsWith("mhdnet", StringComparison.Ordinal))
            {
                File.Copy(file.FullName, Path.Combine(folder, file.Name));
            }
            else
            {
                File.CreateSymbolicLink(Path.Combine(folder, file.Name), file.FullName);
            }
        }

        var assembly = Path.Combine(folder, Versioned);
        using var stream = new FileStream(assembly, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = BuildNumberOf(File.ReadAllBytes(assembly));
        stream.Write(BitConverter.GetBytes(build));
        return Path.Combine(folder, "mhdnet");
    }

    /// <summary>Where the third number of the version stands: behind the hash algorithm's (4 bytes), the first and the second (2 each) in the one row of the assembly's table.</summary>
    private static int BuildNumberOf(byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        return file.PEHeaders.MetadataStartOffset + file.GetMetadataReader().GetTableMetadataOffset(TableIndex.Assembly) + 8;
    }
}
