using System.Text;
using MhdNet.Host.Doctor;

namespace MhdNet.Host.Tests.Doctor;

/// <summary>Which library the doctor names, with real files and the real loader.</summary>
public sealed class MissingLibraryTests : IDisposable
{
    private static readonly Exception Cause = new TypeInitializationException("Binding", new DllNotFoundException("it was not loaded"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_library_that_ours_links_to_is_named_and_its_package()
    {
        var file = Copy(("libdrm.so.2", "libdrm.so.x"), ("libatomic.so.1", "libatomic.so.x"));
        var (observed, fix) = MissingLibrary.Explain(Cause, "otherwise", file);
        Assert.Equal("libdrm.so.x and libatomic.so.x are not found", observed);
        Assert.Equal(
            "'apt-file search libdrm.so.x' finds the package that brings libdrm.so.x; install that; "
            + "'apt-file search libatomic.so.x' finds the package that brings libatomic.so.x; install that",
            fix);
        Assert.Throws<DllNotFoundException>(() => MissingLibrary.RequireNeeded(file));
    }

    [Fact]
    public void A_file_of_ours_that_is_gone_is_built_again_and_no_package_is_named()
    {
        var (observed, fix) = MissingLibrary.Explain(Cause, "otherwise", _folder["libOpenCvSharpExtern.so"]);
        Assert.Equal("libOpenCvSharpExtern.so is not found", observed);
        Assert.Equal("build again with 'make build': libOpenCvSharpExtern.so comes with the program", fix);
    }

    [Fact]
    public void A_library_of_the_system_is_named_by_its_first_name()
    {
        var (observed, fix) = MissingLibrary.Explain(Cause, "otherwise", "libmhdnet-a.so.0|libmhdnet-a.so.1", "libc.so.6");
        Assert.Equal("libmhdnet-a.so.0 is not found", observed);
        Assert.Equal("'apt-file search libmhdnet-a.so.0' finds the package that brings libmhdnet-a.so.0; install that", fix);
    }

    [Fact]
    public void A_damaged_file_is_told_as_such()
    {
        File.WriteAllText(_folder["libdamaged.so"], new string('x', 100));
        var (observed, fix) = MissingLibrary.Explain(Cause, "otherwise", _folder["libdamaged.so"]);
        Assert.Equal($"{_folder["libdamaged.so"]}: invalid ELF header", observed);
        Assert.Equal("otherwise", fix);
    }

    [Fact]
    public void What_loads_leaves_the_failure_s_own_words() =>
        Assert.Equal(("it was not loaded", "otherwise"), MissingLibrary.Explain(Cause, "otherwise", "libc.so.6"));

    [Fact]
    public void A_file_that_is_cut_short_or_no_library_has_no_needs()
    {
        File.WriteAllBytes(_folder["short"], File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libe_sqlite3.so"))[..100]);
        File.WriteAllText(_folder["text"], new string('x', 100));
        Assert.Null(NeededLibraries.Of(_folder["short"]));
        Assert.Null(NeededLibraries.Of(_folder["text"]));
        Assert.Equal(["libc.so.6"], NeededLibraries.Of(Path.Combine(AppContext.BaseDirectory, "libe_sqlite3.so"))!);
    }

    /// <summary>OpenCvSharp's library with other names for what it links to.</summary>
    private string Copy(params ReadOnlySpan<(string Name, string Other)> names)
    {
        var image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libOpenCvSharpExtern.so"));
        foreach (var (name, other) in names)
        {
            Encoding.ASCII.GetBytes(other + '\0').CopyTo(image, image.AsSpan().IndexOf(Encoding.ASCII.GetBytes(name + '\0')));
        }

        File.WriteAllBytes(_folder["libcopy.so"], image);
        return _folder["libcopy.so"];
    }
}
