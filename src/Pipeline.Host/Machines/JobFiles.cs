using MhdNet.Ingest.Items;

namespace MhdNet.Host.Machines;

/// <summary>Whether a job's files are there on a machine.</summary>
internal static class JobFiles
{
    /// <summary>Looks at the folders and at the first file: which of thousands is missing, the reader tells.</summary>
    /// <param name="there">The job with the host's paths.</param>
    /// <param name="here">The same with this machine's.</param>
    /// <returns>What is missing, there and here; null where nothing is.</returns>
    public static (string There, string Here)? Missing(Job there, Job here)
    {
        foreach (var (file, first) in there.Files.Zip(here.Files).DistinctBy(pair => Path.GetDirectoryName(pair.Second)))
        {
            if (!Directory.Exists(Path.GetDirectoryName(first)))
            {
                return (Path.GetDirectoryName(file)!, Path.GetDirectoryName(first)!);
            }

            if (!File.Exists(first))
            {
                return (file, first);
            }
        }

        return null;
    }

    /// <summary>The same for people.</summary>
    public static string Sentence((string There, string Here) missing) => missing.There == missing.Here
        ? $"{missing.There} is not there on this machine, and no --map says where it is. Mount the host's folder at the same path, or give --map HOST_PATH=LOCAL_PATH to 'mhdnet worker'."
        : $"The host's {missing.There} should be {missing.Here} on this machine, as --map says, and is not there. Mount the folder, or correct --map of 'mhdnet worker'.";
}
