using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>
/// Hounsfield units of all frames of each real file, as GDCM 3.0.21 decoded them before the project had decoders of its own: their SHA-256.
/// </summary>
public sealed class PixelsOfGdcmSpecs
{
    [SkippableFact]
    public void Are_the_same()
    {
        var reader = new DicomReader();
        Assert.All(File.ReadLines(Path.Combine(Repository.Root, "tests/Pipeline.Ingest.Tests/Ct/Codecs/pixels-of-gdcm.txt")), line =>
        {
            var words = line.Split('\t');
            Assert.Equal(words[0], Hash(reader, Repository.Shared(words[1])));
        });
    }

    private static string Hash(DicomReader reader, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var frame in reader.ReadHeaders(path).Value!)
        {
            hash.AppendData(MemoryMarshal.AsBytes(reader.ReadPixels(frame).Value!.Hu.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
