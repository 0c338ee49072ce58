namespace MhdNet.Ingest.Items;

/// <summary>Whether a folder that was there is still: the share that it is on may not answer, the disk may not be mounted. What fails then says nothing of the file that it failed for.</summary>
public static class FolderPresence
{
    /// <summary>Whether the folder can be listed and there is anything in it: the place of a disk that is not mounted is bare. Waits as long as the share does.</summary>
    public static bool IsThere(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
