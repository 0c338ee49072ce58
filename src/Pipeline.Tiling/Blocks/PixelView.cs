using OpenCvSharp;

namespace MhdNet.Tiling.Blocks;

/// <summary>8-bit RGB pixels that lie in someone else's memory.</summary>
/// <param name="First">The upper left pixel.</param>
/// <param name="Pitch">Bytes from one row to the next.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
public readonly unsafe record struct PixelView(nint First, int Pitch, int Width, int Height)
{
    /// <summary>The pixels of a three-channel image, for as long as it lives.</summary>
    public static PixelView Of(Mat rgb) => new(rgb.Data, (int)rgb.Step(), rgb.Width, rgb.Height);

    /// <summary>The first byte of a row.</summary>
    public byte* Row(int y) => (byte*)First + ((long)y * Pitch);

    /// <summary>An OpenCV header on the same memory; the caller disposes it.</summary>
    public Mat AsMat() => Mat.FromPixelData(Height, Width, MatType.CV_8UC3, First, Pitch);

    /// <summary>A sample: every fourth pixel of every fourth row.</summary>
    public byte[] EveryFourth()
    {
        var sample = new byte[((Width + 3) / 4) * ((Height + 3) / 4) * 3];
        var at = 0;
        for (var y = 0; y < Height; y += 4)
        {
            for (var x = 0; x < Width; x += 4, at += 3)
            {
                new ReadOnlySpan<byte>(Row(y) + (3 * x), 3).CopyTo(sample.AsSpan(at));
            }
        }

        return sample;
    }

    /// <summary>Copies the rows one behind the other.</summary>
    public void CopyTo(Span<byte> target)
    {
        var bytes = Width * 3;
        for (var y = 0; y < Height; y++)
        {
            new ReadOnlySpan<byte>(Row(y), bytes).CopyTo(target[(y * bytes)..]);
        }
    }
}
