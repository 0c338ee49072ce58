using System.Security.Cryptography;
using System.Text;
using MhdNet.Ingest.Phantom;
using MhdNet.Ingest.Tests.Ct;

namespace MhdNet.Ingest.Tests.Phantom;

/// <summary>
/// The files of the synthetic cohort, byte for byte. The values are made of whole numbers alone, so that no mathematical library has a part in
/// them. With GDCM's signature, no body part and localizers in HU they were those that GDCM 3.0.21 wrote.
/// </summary>
public sealed class CtSeriesWriterSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("P7", 42, 7, 16, 2.5, 380, "584c56f0b735a10ad215bd83da8c81308e8d9e15863e9ff02ea6e0105badc5d2")]
    [InlineData("P12", 1, 5, 33, 1.25, 123.456, "fb51b79042c9a36134520174f7e358bce4b9c9c2028a0e03d2c2355f24690bc9")]
    [InlineData("a longer patient", -3, 4, 64, 4, 400, "d781d6f1b8109f4f02799cf5c744875243661972d1edc4e301006ef23267f9a2")]
    public void The_bytes_of_the_cohort_stay_what_they_were(
        string patient, int seed, int slices, int pixels, double slice, double field, string hash)
    {
        var scan = new PhantomScan(Slices: slices, Pixels: pixels, SliceMm: slice, FieldMm: field);
        var volume = new CtVolume(scan, [.. Enumerable.Range(0, slices).Select(z => Slice(z, pixels))]);
        new CtSeriesWriter(_folder["ct"], patient, seed).Write(volume);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(_folder["ct"]).Order(StringComparer.Ordinal))
        {
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            all.AppendData(File.ReadAllBytes(file));
        }

        Assert.Equal(slices + 2, Directory.GetFiles(_folder["ct"]).Length);
        var actual = Convert.ToHexStringLower(all.GetHashAndReset());
        Assert.True(hash == actual, actual);
    }

    [SkippableFact]
    public void Dciodvfy_finds_nothing_to_complain_of()
    {
        var volume = new CtVolume(new PhantomScan(Slices: 3, Pixels: 16), [Slice(0, 16), Slice(1, 16), Slice(2, 16)]);
        new CtSeriesWriter(_folder["ct"], "P7", 42).Write(volume);
        Assert.All(Directory.GetFiles(_folder["ct"]), file => Assert.Equal((0, "", "CTImage\n"), Tool.Run("dciodvfy", file)));
    }

    /// <summary>Every value that is possible, and some that are not.</summary>
    private static short[] Slice(int z, int pixels) =>
        [.. Enumerable.Range(1, pixels * pixels).Select(i => (short)((i * 7919 * (z + 1) % 6000) - 1500))];
}
