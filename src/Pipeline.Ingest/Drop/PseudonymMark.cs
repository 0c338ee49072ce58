using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Drop;

/// <summary>Whether a work folder holds pseudonyms, and of which salt: file <c>pseudonyms</c>. Mixed with plain ids it would hide nobody.</summary>
public static class PseudonymMark
{
    /// <summary>Marks a new folder; refuses one that was filled otherwise.</summary>
    /// <param name="work">The work folder, in this process's hands.</param>
    /// <param name="pseudonyms">How ids are hidden now; null: not at all.</param>
    /// <exception cref="WorkFolderException">The folder was filled with plain ids, or with another salt.</exception>
    public static void Require(WorkFolder work, Pseudonyms? pseudonyms)
    {
        var file = Path.Combine(work.FullPath, "pseudonyms");
        var mark = File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        if (mark == pseudonyms?.Mark)
        {
            return;
        }

        if (mark is not null)
        {
            throw new WorkFolderException(pseudonyms is null
                ? $"The work folder {work.FullPath} holds pseudonyms of patients. Give --pseudonymize with its salt, or choose another work folder."
                : $"The work folder {work.FullPath} was filled with another salt, which would give every patient a second name. Give that salt, or choose another work folder.");
        }

        using var ledger = LedgerReader.Open(work.LedgerPath);
        if (ledger.Items().Count > 0)
        {
            throw new WorkFolderException($"The work folder {work.FullPath} already holds plain patient ids. Choose a new work folder for --pseudonymize.");
        }

        File.WriteAllText(file, pseudonyms!.Mark + "\n");
    }
}
