using System.Diagnostics;

namespace MhdNet.Ingest.Tests.Drop;

/// <summary>Names in Latin-1, which the runtime can neither make nor remove.</summary>
internal sealed class NotUtf8 : IDisposable
{
    private readonly string _folder;

    /// <summary>A folder <c>M\xfcller</c> with a file, and a file <c>p1/a\xe4.dcm</c>.</summary>
    public NotUtf8(string folder)
    {
        _folder = folder;
        Shell("m=$(printf 'M\\374ller'); mkdir -p p1 \"$m\" && echo 1 > \"$m/a.dcm\" && echo 1 > \"p1/$(printf 'a\\344.dcm')\"");
    }

    public void Rename() => Shell("mv M*ller Mueller; mv p1/a*.dcm p1/a.dcm");

    public void Dispose() => Shell("rm -rf M*ller p1/a*.dcm");

    private void Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder, Environment = { ["LC_ALL"] = "C" } })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
