using MhdNet.Host.Commands;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Machines;

/// <summary>Whether a machine has the host's folders: they are mounted, and what is mounted is the host's work folder and no other.</summary>
internal static class MachineFolders
{
    /// <summary>Compares what a host tells with what is mounted here.</summary>
    /// <param name="terms">What the host tells.</param>
    /// <param name="paths">Where its folders are here.</param>
    /// <exception cref="InputException">A folder is not here, or is another one.</exception>
    public static void Require(Enlisted terms, PathMap paths)
    {
        foreach (var there in new[] { terms.WorkFolder, terms.DropFolder }.OfType<string>())
        {
            var here = paths.Here(there);
            if (!Directory.Exists(here))
            {
                throw new InputException(JobFiles.Sentence((there, here)), ExitCode.Environment);
            }
        }

        var work = paths.Here(terms.WorkFolder);
        if (HostMark.Of(work).Word != terms.Mark)
        {
            throw new InputException($"{work} on this machine is not the host's work folder {terms.WorkFolder}, but another one. Mount the host's there, or give --map {terms.WorkFolder}=LOCAL_PATH to 'mhdnet worker'.", ExitCode.Environment);
        }
    }
}
