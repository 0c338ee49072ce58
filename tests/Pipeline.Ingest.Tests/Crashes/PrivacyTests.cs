using System.Text;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>What identifies a person is planted in every header, and looked for in every byte that comes out.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const string Salt = "000102030405060708090a0b0c0d0e0f";

    private static readonly Dictionary<uint, (string Vr, object Value)> Person = new()
    {
        [0x0008_0050] = ("SH", "QQACCESSIONQQ"),
        [0x0008_0080] = ("LO", "QQHOSPITALQQ"),
        [0x0008_0090] = ("PN", "QQREFERRERQQ^Paul"),
        [0x0008_1030] = ("LO", "QQSTUDYQQ of Jane"),
        [0x0008_103E] = ("LO", "QQSERIESQQ of Jane"),
        [0x0010_0010] = ("PN", "QQNAMEQQ^Jane"),
        [0x0010_0020] = ("LO", "QQMRNQQ"),
        [0x0010_0030] = ("DA", "19510203"),
        [0x0010_1001] = ("PN", "QQOTHERQQ^Jane"),
        [0x0010_1040] = ("LO", "QQADDRESSQQ 7"),
        [0x0010_2154] = ("SH", "QQPHONEQQ"),
        [0x0010_4000] = ("LT", "QQCOMMENTQQ"),
        [0x0020_4000] = ("LT", "QQIMAGECOMMENTQQ"),
    };

    private readonly Delivery _delivery = new();

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public void Nothing_of_a_person_comes_out_of_a_header()
    {
        Plant("p7");
        var (code, output) = _delivery.Ingest();
        Assert.True(code == 0, output);
        Assert.Contains(_delivery.Result(), line => line.StartsWith($"{ItemId.OfSeries("p7", "1.2.70")} Done", StringComparison.Ordinal));
        Assert.Equal([], Found(output, "QQ", "19510203"));
    }

    [Fact]
    public void With_pseudonyms_the_id_does_not_come_out_either()
    {
        Plant("ZZFOLDERZZ");
        foreach (var file in Directory.GetFiles(Path.Combine(_delivery.Drop, "ZZFOLDERZZ/ct")))
        {
            // The same once more as another series directly in the drop folder, where the header tells the patient.
            var bytes = File.ReadAllBytes(file);
            Replace(bytes, "1.2.70", "1.2.71");
            File.WriteAllBytes(Path.Combine(_delivery.Drop, "ZZFILEZZ_" + Path.GetFileName(file)), bytes);
        }

        File.WriteAllText(Path.Combine(_delivery.Drop, "ZZNOTEZZ_1.txt"), "not a scan, and long enough to be told so");
        var (code, output) = _delivery.Ingest(salt: Salt);
        Assert.True(code == 0, output);
        var pseudonyms = new Pseudonyms(Convert.FromHexString(Salt));
        foreach (var item in new[] { ItemId.OfSeries(pseudonyms.Of("ZZFOLDERZZ"), "1.2.70"), ItemId.OfSeries(pseudonyms.Of("QQMRNQQ"), "1.2.71") })
        {
            Assert.Contains(_delivery.Result(), line => line.StartsWith($"{item} Done", StringComparison.Ordinal));
        }

        Assert.Equal([], Found(output, "QQ", "ZZ", "19510203"));
    }

    /// <summary>A good series, one that is quarantined with a sentence about a file, and one that is rejected.</summary>
    private void Plant(string patient)
    {
        _delivery.Series(patient + "/ct", "1.2.70", 9, Person);
        _delivery.Series(patient + "/short", "1.2.73", 2, Person);
        _delivery.Series(patient + "/cut", "1.2.72", 9, Person);
        _delivery.Cut(patient + "/cut/3.dcm");
    }

    private static void Replace(byte[] bytes, string from, string to)
    {
        for (int at; (at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(from))) >= 0;)
        {
            Encoding.ASCII.GetBytes(to).CopyTo(bytes, at);
        }
    }

    private List<string> Found(string output, params string[] secrets)
    {
        // The test's folder has a random name, which may hold anything; it is no secret.
        var random = Path.GetFileName(Path.GetDirectoryName(_delivery.Work))!;
        bool Holds(string text, string secret) => text.Replace(random, "", StringComparison.Ordinal).Contains(secret, StringComparison.Ordinal);
        List<string> found = [.. secrets.Where(secret => Holds(output, secret)).Select(secret => $"console: {secret}")];
        foreach (var file in Directory.EnumerateFiles(_delivery.Work, "*", SearchOption.AllDirectories))
        {
            var content = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            found.AddRange(secrets.Where(secret => Holds(content, secret) || Holds(file, secret)).Select(secret => $"{file}: {secret}"));
        }

        return found;
    }
}
