namespace MhdNet.Ingest.Drop;

/// <summary>On which mounted file system a folder lies.</summary>
internal static class MountPoint
{
    private const string Table = "/proc/self/mountinfo";

    /// <summary>Device and place of the mount (proc(5), mountinfo); empty where the system does not tell.</summary>
    public static string Of(string folder)
    {
        if (!File.Exists(Table))
        {
            return "";
        }

        var best = ("", "");
        foreach (var fields in File.ReadLines(Table).Select(line => line.Split(' ')).Where(fields => fields.Length > 4))
        {
            var place = fields[4].Replace("\\040", " ", StringComparison.Ordinal);
            if (place.Length >= best.Item2.Length && (folder + "/").StartsWith(place.TrimEnd('/') + "/", StringComparison.Ordinal))
            {
                best = (fields[2], place);
            }
        }

        return $"{best.Item1} {best.Item2}";
    }
}
