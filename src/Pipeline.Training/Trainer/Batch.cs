namespace MhdNet.Training.Trainer;

/// <summary>One batch of N CT sequences, P of them with a slide sequence, normalised to mean 0.5 and standard deviation 0.5 of [0,1].</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="Index">From 0 within the epoch.</param>
/// <param name="Ct">[N,1,T,H,W].</param>
/// <param name="Wsi">[P,3,T,H,W] of the samples with pathology, in batch order; empty when there are none.</param>
/// <param name="Labels">[N]: index of the type; K is <c>other</c>; -1 where unknown.</param>
/// <param name="HasPathology">[N].</param>
/// <param name="Names">[N]: item and file of each CT sequence, for messages and result tables.</param>
/// <param name="Shape">T, H and W.</param>
public sealed record Batch(
    int Epoch, int Index, float[] Ct, float[] Wsi, long[] Labels, bool[] HasPathology, IReadOnlyList<string> Names, (int Frames, int Height, int Width) Shape)
{
    /// <summary>Samples.</summary>
    public int Count => Labels.Length;

    /// <summary>The first samples alone.</summary>
    public Batch First(int samples)
    {
        var voxels = Shape.Frames * Shape.Height * Shape.Width;
        var paired = HasPathology.Take(samples).Count(has => has);
        return this with
        {
            Ct = Ct[..(samples * voxels)],
            Wsi = Wsi[..(paired * 3 * voxels)],
            Labels = Labels[..samples],
            HasPathology = HasPathology[..samples],
            Names = [.. Names.Take(samples)],
        };
    }
}
