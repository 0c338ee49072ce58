using MhdNet.Host.Doctor;

namespace MhdNet.Host.Tests.Doctor;

/// <summary>Messages that .NET 10 gave on Debian 12, with the folders' names made shorter.</summary>
public sealed class LoaderMessageTests
{
    private const string Begin =
        " or one of its dependencies. In order to help diagnose loading problems, consider using a tool like strace. "
        + "If you're using glibc, consider setting the LD_DEBUG environment variable: \n";

    [Fact]
    public void Of_many_attempts_the_one_that_names_another_library_counts()
    {
        var message = "Unable to load shared library 'OpenCvSharpExtern'" + Begin
            + "/app/OpenCvSharpExtern.so: cannot open shared object file: No such file or directory\n"
            + "/usr/share/dotnet/OpenCvSharpExtern.so: cannot open shared object file: No such file or directory\n"
            + "libdrm.so.2: cannot open shared object file: No such file or directory\n"
            + "/usr/share/dotnet/libOpenCvSharpExtern.so: cannot open shared object file: No such file or directory\n"
            + "/app/OpenCvSharpExtern: cannot open shared object file: No such file or directory\n"
            + "/app/libOpenCvSharpExtern: cannot open shared object file: No such file or directory\n\n";
        Assert.Equal(new LoaderMessage("libdrm.so.2", null), LoaderMessage.Of(message));
    }

    [Theory]
    [InlineData("/app/libLibTorchSharp.so", "libgomp-98b21ff3.so.1", "libgomp-98b21ff3.so.1")]
    [InlineData("libopenslide.so.0", "libopenjp2.so.7", "libopenjp2.so.7")]
    [InlineData("libopenslide.so.1", "libopenslide.so.1", null)]
    [InlineData("openslide", "libopenslide.so", null)]
    [InlineData("e_sqlite3", "/app/libe_sqlite3.so", null)]
    public void A_library_that_was_asked_for_is_no_dependency(string asked, string named, string? dependency)
    {
        var line = $"{named}: cannot open shared object file: No such file or directory";
        var message = $"Unable to load shared library '{asked}'{Begin}{line}\n\n";
        Assert.Equal(new LoaderMessage(dependency, null), LoaderMessage.Of(message));
    }

    [Fact]
    public void The_words_behind_the_name_may_be_of_any_language() => Assert.Equal(
        new LoaderMessage("libdrm.so.2", null),
        LoaderMessage.Of($"Unable to load shared library '/app/libx.so'{Begin}libdrm.so.2: Datei oder Verzeichnis nicht gefunden\n"));

    [Theory]
    [InlineData("/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)")]
    [InlineData("/app/libLibTorchSharp.so: invalid ELF header")]
    [InlineData("/app/libLibTorchSharp.so: file too short")]
    public void A_file_that_is_there_and_refused_is_told_as_it_is(string line) => Assert.Equal(
        new LoaderMessage(null, line),
        LoaderMessage.Of($"Unable to load shared library '/app/libLibTorchSharp.so'{Begin}{line}\n\n"));

    [Theory]
    [InlineData("")]
    [InlineData("This script doesn't contain a reference to libtorch.\n\nTorchSharp: LoadNativeBackend: Initialising\nStep 1 - First try")]
    public void Another_message_names_nothing(string message) => Assert.Equal(new LoaderMessage(null, null), LoaderMessage.Of(message));
}
