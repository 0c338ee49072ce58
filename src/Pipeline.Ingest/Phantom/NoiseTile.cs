namespace MhdNet.Ingest.Phantom;

/// <summary>Noise with a grain of about two pixels, as reconstructed CT slices have it: one tile, which every slice takes shifted and mirrored in its own way.</summary>
internal sealed class NoiseTile
{
    private const int Edge = 256;
    private readonly float[] _tile = new float[Edge * Edge];

    public NoiseTile(Random random)
    {
        var white = new float[Edge * Edge];
        for (var i = 0; i < white.Length; i++)
        {
            white[i] = (float)random.Normal(0, 1);
        }

        for (var i = 0; i < white.Length; i++)
        {
            var (row, column) = (i / Edge, i % Edge);
            float At(int dr, int dc) => white[((row + dr) % Edge * Edge) + ((column + dc) % Edge)];
            _tile[i] = (At(0, 0) + At(0, 1) + At(1, 0) + At(1, 1)) / 2;
        }
    }

    /// <summary>Rounds a slice to Hounsfield units with noise of the given deviation.</summary>
    public short[] Add(float[] slice, int pixels, double deviation, Random random)
    {
        var (down, across, mirror) = (random.Next(Edge), random.Next(Edge), random.Next(2) * (Edge - 1));
        var noisy = new short[slice.Length];
        for (var i = 0; i < noisy.Length; i++)
        {
            var value = slice[i] + (deviation * _tile[((i / pixels) + down) % Edge * Edge + ((((i % pixels) ^ mirror) + across) % Edge)]);
            noisy[i] = (short)Math.Clamp(Math.Round(value), -1024, 3071);
        }

        return noisy;
    }
}
