using System.Security.Cryptography;
using System.Text;
using MhdNet.Ingest.Phantom;

namespace MhdNet.Ingest.Tests.Phantom;

/// <summary>
/// The files of the synthetic cohort, byte for byte, as they were when GDCM 3.0.21 wrote them. The values are made of whole numbers alone,
/// so that no mathematical library has a part in them.
/// </summary>
public sealed class CtSeriesWriterSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("P7", 42, 7, 16, 2.5, 380, "418aeb2a9d9a26ba314c050fb1626761fa77eb00177fb667faec49872a10d8c3")]
    [InlineData("P12", 1, 5, 33, 1.25, 123.456, "15d988f08de17236fc0bd5b82904046929cfb235c16b287ba4c05da284cd17b0")]
    [InlineData("a longer patient", -3, 4, 64, 4, 400, "50a3791bbc5584d59d69167e2f0bea7be41c63b687a707feb74f96b11c94e7e5")]
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

    /// <summary>Every value that is possible, and some that are not.</summary>
    private static short[] Slice(int z, int pixels) =>
        [.. Enumerable.Range(1, pixels * pixels).Select(i => (short)((i * 7919 * (z + 1) % 6000) - 1500))];
}
