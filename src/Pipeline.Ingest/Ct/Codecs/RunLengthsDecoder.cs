using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// RLE, DICOM's own coding (PS3.5, annex G): a segment for each byte of a sample, the highest first, each packed in runs.
/// </summary>
internal sealed class RunLengthsDecoder : IFrameDecoder
{
    private const int Header = 64;

    /// <inheritdoc/>
    public DecodedFrame Decode(ReadOnlySpan<byte> codeStream, FrameForm form, Span<byte> pixels)
    {
        var bytesPerSample = form.BitsAllocated / 8;
        if (codeStream.Length < Header || BinaryPrimitives.ReadUInt32LittleEndian(codeStream) != bytesPerSample)
        {
            return DecodedFrame.Refused($"its RLE header does not tell {bytesPerSample} segments");
        }

        if (form.Contradiction("RLE", form.Rows, form.Columns, form.BitsAllocated, pixels.Length) is { } wrong)
        {
            return DecodedFrame.Refused(wrong);
        }

        // The header alone knows how many of the bits are used.
        return new(form.BitsAllocated, bytesPerSample == 1 ? Unpack(codeStream, 0, pixels) : UnpackWords(codeStream, pixels));
    }

    /// <summary>Both bytes of all samples, each by itself, and then together: runs are filled and literals copied as a whole.</summary>
    private static string? UnpackWords(ReadOnlySpan<byte> packed, Span<byte> pixels)
    {
        var samples = pixels.Length / 2;
        var planes = ArrayPool<byte>.Shared.Rent(pixels.Length);
        try
        {
            var high = planes.AsSpan(0, samples);
            var low = planes.AsSpan(samples, samples);
            var wrong = Unpack(packed, 0, high) ?? Unpack(packed, 1, low);
            if (wrong is null)
            {
                Join(high, low, MemoryMarshal.Cast<byte, ushort>(pixels));
            }

            return wrong;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(planes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(ReadOnlySpan<byte> high, ReadOnlySpan<byte> low, Span<ushort> words)
    {
        var at = 0;
        for (; at + Vector128<byte>.Count <= words.Length; at += Vector128<byte>.Count)
        {
            var (highFirst, highSecond) = Vector128.Widen(Vector128.Create(high[at..]));
            var (lowFirst, lowSecond) = Vector128.Widen(Vector128.Create(low[at..]));
            ((highFirst << 8) | lowFirst).CopyTo(words[at..]);
            ((highSecond << 8) | lowSecond).CopyTo(words[(at + Vector128<ushort>.Count)..]);
        }

        for (; at < words.Length; at++)
        {
            words[at] = (ushort)((high[at] << 8) | low[at]);
        }
    }

    /// <returns>Null, or what is wrong with the segment.</returns>
    private static string? Unpack(ReadOnlySpan<byte> packed, int segment, Span<byte> bytes)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(packed[(4 + (4 * segment))..]);
        if (start < Header || start > packed.Length)
        {
            return $"its RLE segment {segment + 1} starts at byte {start} of {packed.Length}";
        }

        var done = Unpack(packed[(int)start..], bytes);
        return done < bytes.Length ? $"its RLE segment {segment + 1} ends after {done} of {bytes.Length} pixels" : null;
    }

    /// <returns>How many bytes came out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Unpack(ReadOnlySpan<byte> runs, Span<byte> bytes)
    {
        var (at, done) = (0, 0);
        while (done < bytes.Length && at + 1 < runs.Length)
        {
            int control = (sbyte)runs[at++];
            if (control >= 0)
            {
                var count = Math.Min(Math.Min(control + 1, runs.Length - at), bytes.Length - done);
                runs.Slice(at, count).CopyTo(bytes[done..]);
                (at, done) = (at + count, done + count);
            }
            else if (control != sbyte.MinValue)
            {
                var count = Math.Min(1 - control, bytes.Length - done);
                bytes.Slice(done, count).Fill(runs[at++]);
                done += count;
            }
        }

        return done;
    }
}
