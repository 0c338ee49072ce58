namespace MhdNet.Ingest.Ledger;

/// <summary>Whether the system lets this user read a file.</summary>
public static class FilePermission
{
    /// <summary>False only where it is refused; a file that is missing or damaged is another matter.</summary>
    public static bool MayRead(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
