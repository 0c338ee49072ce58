using System.Diagnostics;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Benchmarks.Series;

/// <summary>The floor of both ways where pixels are compressed: GDCM decoding as many slices as the trimming keeps, and nothing else.</summary>
internal static class DecodeAlone
{
    private const double Kept = 0.48; // eight sequences of 24 of 400 slices

    public static string Measure(string folder, int threads)
    {
        _ = Gdcm.Version;
        var files = Directory.GetFiles(folder);
        var kept = files.Take((int)(files.Length * Kept)).ToList();
        var best = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var clock = Stopwatch.StartNew();
            Parallel.ForEach(kept, new ParallelOptions { MaxDegreeOfParallelism = threads }, Decode);
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return $"{best:0.000} {kept.Count} slices";
    }

    private static void Decode(string file)
    {
        using var reader = new gdcm.ImageReader();
        reader.SetFileName(file);
        if (!reader.Read())
        {
            throw new InvalidOperationException($"{file} cannot be read");
        }

        using var image = reader.GetImage();
        var pixels = new byte[image.GetBufferLength()];
        if (!image.GetBuffer(pixels))
        {
            throw new InvalidOperationException($"{file} cannot be decoded");
        }
    }
}
