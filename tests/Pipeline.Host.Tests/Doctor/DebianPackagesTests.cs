using System.Diagnostics;
using MhdNet.Host.Doctor;

namespace MhdNet.Host.Tests.Doctor;

/// <summary>The table of Debian packages against the natives that were built, the script that installs, and Debian.</summary>
public sealed class DebianPackagesTests
{
    /// <summary>What every Debian root has: glibc, and libstdc++ and libgcc, which apt itself needs.</summary>
    private static readonly string[] Base =
    [
        "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "libresolv.so.2", "librt.so.1",
        "libgcc_s.so.1", "libstdc++.so.6",
    ];

    private static readonly string[] Ours =
    [
        "libOpenCvSharpExtern.so", "libtorch_cpu.so", "libLibTorchSharp.so", "libvips.so.42", "libe_sqlite3.so", "libSkiaSharp.so",
        "libHarfBuzzSharp.so",
    ];

    [Fact]
    public void Whatever_our_natives_link_to_comes_with_them_or_with_a_package_of_the_table()
    {
        var tail = Path.GetRelativePath(Path.Combine(Repository.Root, "tests/Pipeline.Host.Tests"), AppContext.BaseDirectory);
        var folder = Path.Combine(Repository.Root, "src/Pipeline.Host", tail);
        var natives = Directory.EnumerateFiles(folder, "*.so*", SearchOption.AllDirectories).ToDictionary(file => file, NeededLibraries.Of);
        var names = natives.Keys.Select(file => Path.GetFileName(file)!).ToHashSet();
        Assert.Superset(Ours.ToHashSet(), names);

        var provided = Base.Concat(names).Concat(DebianPackages.All.SelectMany(row => row.Libraries)).ToHashSet();
        Assert.Empty(
            from native in natives
            from library in native.Value ?? ["(no ELF file)"]
            where !provided.Contains(library)
            select $"{native.Key} needs {library}, which build/debian-packages.txt does not name");
    }

    [Fact]
    public void The_script_installs_the_packages_of_the_table()
    {
        var listed = Lines("bash", Path.Combine(Repository.Root, "build/debian-packages.sh"), "--list");
        var named = DebianPackages.All.Select(row => string.Join('|', row.Packages)).Distinct();
        Assert.Equal(named.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void Debian_says_the_same()
    {
        Skip.IfNot(File.Exists("/usr/bin/dpkg-query"), "needs Debian's dpkg-query, which is not here");
        foreach (var row in DebianPackages.All)
        {
            var lines = row.Libraries.SelectMany(library => Lines("dpkg-query", "--search", $"*/{library}"));
            var packages = row.Packages.Concat(row.Packages.Select(package => package + "t64"));
            Assert.NotEmpty(lines.Select(line => line.Split(':')[0]).Intersect(packages));
        }
    }

    [Theory]
    [InlineData("libdrm.so.2 libatomic.so.1", "apt-get install libdrm2 libatomic1")]
    [InlineData("libgtk-3.so.0 libgdk-3.so.0", "apt-get install libgtk-3-0")]
    [InlineData("libopenslide.so.0", "apt-get install libopenslide0 (libopenslide0 is libopenslide1 on some systems)")]
    [InlineData("libfoo.so.7", "'apt-file search libfoo.so.7' finds the package that brings libfoo.so.7; install that")]
    [InlineData("libfoo.so.7 libdrm.so.2", "apt-get install libdrm2; "
        + "'apt-file search libfoo.so.7' finds the package that brings libfoo.so.7; install that")]
    public void The_fix_names_the_package_of_what_is_missing_and_no_other(string missing, string fix) =>
        Assert.Equal(fix, DebianPackages.Fix(missing.Split(' ')));

    private static string[] Lines(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return lines;
    }
}
