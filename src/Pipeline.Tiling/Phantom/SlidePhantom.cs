using OpenCvSharp;

namespace MhdNet.Tiling.Phantom;

/// <summary>
/// Synthetic H&amp;E slides whose tissue depends strongly on the tumour type, for tests, demonstrations and the check that the network learns anything at all.
/// They are no substitute for pathology.
/// </summary>
public static class SlidePhantom
{
    /// <summary>Width of level 0 in pixels.</summary>
    public const int Width = 3500;

    /// <summary>Height of level 0 in pixels.</summary>
    public const int Height = 3000;

    /// <summary>µm per level-0 pixel.</summary>
    public const double Mpp = 0.5;

    /// <summary>Writes one patient's slide; the same arguments give the same bytes.</summary>
    /// <param name="path">The TIFF file; an existing one is replaced.</param>
    /// <param name="typeIndex">The tumour type, from 0.</param>
    /// <param name="typeCount">How many types there are.</param>
    /// <param name="seed">The patient's seed.</param>
    /// <param name="patches">Real patches of this patient to build the tissue from (<see cref="PatchPool.Share"/>); null: tissue is drawn.</param>
    /// <exception cref="InvalidDataException">A patch cannot be used; the message names it.</exception>
    public static DrawnSlide Write(string path, int typeIndex, int typeCount, int seed, IReadOnlyList<string>? patches = null)
    {
        var random = new Random(unchecked((seed * 1_000_003) + typeIndex));
        var size = new Size(Width, Height);
        if (patches is not null)
        {
            using var built = PatchTissue.Build(patches, size, random);
            PyramidTiff.Write(path, built, Mpp);
            return new DrawnSlide(typeIndex, seed, TissueDistribution.OfType(typeIndex, typeCount), 1, 0, [.. patches.Select(file => Path.GetFileName(file))]);
        }

        var pattern = TissueDistribution.OfPatient(typeIndex, typeCount, random);
        var (rgb, denseShare, nuclei) = DrawnTissue.Draw(pattern, size, random);
        using (rgb)
        {
            PyramidTiff.Write(path, rgb, Mpp);
        }

        return new DrawnSlide(typeIndex, seed, pattern, denseShare, nuclei, []);
    }
}
