using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MhdNet.Build;

namespace MhdNet.Training.Tests.Build;

public class TorchSymbolVersionsTests
{
    private static readonly string Package = FindPackage();

    [Fact]
    public void A_rewritten_library_asks_for_nothing_newer_than_debian_12_has()
    {
        var image = File.ReadAllBytes(Package);
        var original = (byte[])image.Clone();
        Assert.Contains("GLIBCXX_3.4.32", NeededVersions(image));

        Assert.True(TorchSymbolVersions.Rewrite(image));

        Assert.DoesNotContain("GLIBCXX_3.4.32", NeededVersions(image));
        Assert.Contains("GLIBCXX_3.4.30", NeededVersions(image));
        Assert.Equal(original.Length, image.Length);
        Assert.InRange(original.Zip(image).Count(pair => pair.First != pair.Second), 1, 48); // a name, an index, a hash and an offset
    }

    [Fact]
    public void A_second_rewrite_changes_nothing()
    {
        var image = File.ReadAllBytes(Package);
        TorchSymbolVersions.Rewrite(image);
        var once = (byte[])image.Clone();

        Assert.False(TorchSymbolVersions.Rewrite(image));
        Assert.Equal(once, image);
    }

    [Fact]
    public void The_output_folder_has_the_rewritten_copy_and_the_package_cache_the_original()
    {
        var output = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        var package = File.ReadAllBytes(Package);

        Assert.DoesNotContain("GLIBCXX_3.4.32", NeededVersions(output));
        Assert.Contains("GLIBCXX_3.4.32", NeededVersions(package));
        TorchSymbolVersions.Rewrite(package);
        Assert.Equal(SHA256.HashData(package), SHA256.HashData(output));
    }

    [Fact]
    public void A_foreign_file_is_refused_and_left_as_it_is()
    {
        var text = Encoding.ASCII.GetBytes(new string('x', 200));
        var windows = new byte[200];
        "MZ"u8.CopyTo(windows);
        var assembly = File.ReadAllBytes(typeof(TorchSymbolVersionsTests).Assembly.Location);

        foreach (var image in new[] { [], text, windows, assembly })
        {
            var before = (byte[])image.Clone();
            Assert.Contains("ELF64", Assert.Throws<InvalidDataException>(() => TorchSymbolVersions.Rewrite(image)).Message, StringComparison.Ordinal);
            Assert.Equal(before, image);
        }
    }

    [Fact]
    public void A_library_in_which_another_symbol_needs_the_new_version_is_refused_and_left_as_it_is()
    {
        var image = File.ReadAllBytes(Package);
        var name = image.AsSpan().IndexOf("_ZSt21ios_base_library_initv"u8);
        image[name + 5] = (byte)'X';
        var before = (byte[])image.Clone();

        Assert.Contains("is asked for by", Assert.Throws<InvalidDataException>(() => TorchSymbolVersions.Rewrite(image)).Message, StringComparison.Ordinal);
        Assert.Equal(before, image);
    }

    /// <summary>The library as NuGet keeps it, of the version that these tests were built with.</summary>
    private static string FindPackage()
    {
        var root = typeof(TorchSymbolVersionsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        var dependencies = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pipeline.Training.Tests.deps.json"));
        var version = Regex.Match(dependencies, "\"TorchSharp/([^\"]+)\"").Groups[1].Value;
        return Path.Combine(root, "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
    }

    /// <summary>The versions that the file's .gnu.version_r lists, read with a reader of its own.</summary>
    private static List<string> NeededVersions(byte[] image)
    {
        var sections = Enumerable.Range(0, BitConverter.ToUInt16(image, 60)).Select(i => (int)BitConverter.ToInt64(image, 40) + (i * 64)).ToArray();
        var needs = sections.Single(s => BitConverter.ToUInt32(image, s + 4) == 0x6ffffffe);
        var strings = (int)BitConverter.ToInt64(image, sections[BitConverter.ToInt32(image, needs + 40)] + 24);
        var versions = new List<string>();
        var file = (int)BitConverter.ToInt64(image, needs + 24);
        for (var files = BitConverter.ToInt32(image, needs + 44); files > 0; files--)
        {
            var entry = file + BitConverter.ToInt32(image, file + 8);
            for (var entries = BitConverter.ToUInt16(image, file + 2); entries > 0; entries--)
            {
                var name = strings + BitConverter.ToInt32(image, entry + 8);
                versions.Add(Encoding.ASCII.GetString(image, name, Array.IndexOf(image, (byte)0, name) - name));
                entry += BitConverter.ToInt32(image, entry + 12);
            }

            file += BitConverter.ToInt32(image, file + 12);
        }

        return versions;
    }
}
