using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>RLE, DICOM's own compression (PS3.5, annex G): a segment for each byte of a pixel, the highest first, each packed in runs.</summary>
internal static class RunLengths
{
    private const int Header = 64;

    /// <summary>Unpacks a frame of grey values into the machine's byte order.</summary>
    /// <param name="packed">The compressed frame.</param>
    /// <param name="pixels">All pixels, one or two bytes each; filled.</param>
    /// <param name="bytesPerPixel">1 or 2.</param>
    /// <returns>Null, or what is wrong with the frame.</returns>
    public static string? Unpack(ReadOnlySpan<byte> packed, Span<byte> pixels, int bytesPerPixel)
    {
        if (packed.Length < Header || BinaryPrimitives.ReadUInt32LittleEndian(packed) != bytesPerPixel)
        {
            return $"its RLE header does not tell {bytesPerPixel} segments";
        }

        for (var segment = 0; segment < bytesPerPixel; segment++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(packed[(4 + (4 * segment))..]);
            if (start < Header || start > packed.Length)
            {
                return $"RLE segment {segment + 1} starts at byte {start} of {packed.Length}";
            }

            var done = Unpack(packed[(int)start..], pixels, bytesPerPixel - 1 - segment, bytesPerPixel);
            if (done < pixels.Length / bytesPerPixel)
            {
                return $"RLE segment {segment + 1} ends after {done} of {pixels.Length / bytesPerPixel} pixels";
            }
        }

        return null;
    }

    /// <returns>How many bytes came out.</returns>
    private static int Unpack(ReadOnlySpan<byte> runs, Span<byte> pixels, int offset, int step)
    {
        var (at, to, done) = (0, offset, 0);
        while (to < pixels.Length && at + 1 < runs.Length)
        {
            int control = (sbyte)runs[at++];
            if (control >= 0)
            {
                for (var n = Math.Min(control + 1, runs.Length - at); n > 0 && to < pixels.Length; n--, to += step, done++)
                {
                    pixels[to] = runs[at++];
                }
            }
            else if (control != sbyte.MinValue)
            {
                var value = runs[at++];
                for (var n = 1 - control; n > 0 && to < pixels.Length; n--, to += step, done++)
                {
                    pixels[to] = value;
                }
            }
        }

        return done;
    }
}
