using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Machines;

/// <summary>Whether a machine has the host's folders: they are mounted, and what is mounted is the host's work folder and no other.</summary>
internal static class MachineFolders
{
    /// <summary>Compares what a host tells with what is mounted here.</summary>
    /// <param name="terms">What the host tells.</param>
    /// <param name="paths">Where its folders are here.</param>
    /// <returns>Which folder is not here, or is another one, and what to do; null where all is as it should be.</returns>
    public static string? Problem(Enlisted terms, PathMap paths)
    {
        foreach (var there in new[] { terms.WorkFolder, terms.DropFolder }.OfType<string>())
        {
            var here = paths.Here(there);
            if (!Directory.Exists(here))
            {
                return JobFiles.Sentence((there, here));
            }
        }

        var work = paths.Here(terms.WorkFolder);
        try
        {
            return HostMark.Of(work).Word == terms.Mark ? null
                : $"{work} on this machine is not the host's work folder {terms.WorkFolder}, but another one. Mount the host's there, or give --map {terms.WorkFolder}=LOCAL_PATH to 'mhdnet worker'.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{work} on this machine cannot be read: {e.Message} Look whether its share answers.";
        }
    }
}
