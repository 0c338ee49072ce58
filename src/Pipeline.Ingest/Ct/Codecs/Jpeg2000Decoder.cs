using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>JPEG 2000, lossless and lossy (ITU-T T.800), and HTJ2K (T.814) where the installed version reads it, by OpenJPEG.</summary>
/// <param name="threads">How many threads decode at most: frames that are decoded at the same time share them.</param>
internal sealed unsafe class Jpeg2000Decoder(int threads = 1) : IFrameDecoder
{
    /// <summary>Code streams below so many bytes are decoded before a second thread has begun.</summary>
    private const int WorthThreads = 1 << 16;

    private static readonly Lazy<bool> ReadsHighThroughput = new(
        () => Version.TryParse(SystemCodecs.OpenJpegVersion(), out var version) && version >= new Version(2, 5));

    private int _decoding;

    /// <inheritdoc/>
    public DecodedFrame Decode(ReadOnlySpan<byte> codeStream, FrameForm form, Span<byte> pixels)
    {
        var stream = Jpeg2000Boxes.Unwrap(codeStream);
        var wrong = Jpeg2000Header.Read(stream, out var header);
        var image = header.Image;
        wrong ??= form.Contradiction("JPEG 2000", image.Rows, image.Columns, image.Precision, pixels.Length);
        if (wrong is not null)
        {
            return DecodedFrame.Refused(wrong);
        }

        SystemCodecs.OpenJpeg.Need();
        return header.IsHighThroughput && !ReadsHighThroughput.Value
            ? DecodedFrame.Refused($"its JPEG 2000 frame is HTJ2K, which OpenJPEG {SystemCodecs.OpenJpegVersion()} does not read; 2.5 does")
            : new(image.Precision, Decode(stream[..header.Length], image, pixels)) { IsSigned = image.IsSigned };
    }

    private string? Decode(ReadOnlySpan<byte> stream, Jpeg2000Size size, Span<byte> pixels)
    {
        var source = default(OpenJpegSource);
        var share = threads / Interlocked.Increment(ref _decoding);
        OpenJpegImage* image = null;
        nint codec = 0, input = 0;
        try
        {
            fixed (byte* bytes = stream)
            {
                codec = NativeOpenJpeg.CreateDecompress(NativeOpenJpeg.CodeStream);
                input = codec == 0 ? 0 : OpenJpegSource.Open(&source, bytes, stream.Length, codec);
                if (input == 0)
                {
                    return "OpenJPEG has no memory for its JPEG 2000 frame";
                }

                if (!Setup(codec, stream.Length < WorthThreads ? 1 : share)
                    || NativeOpenJpeg.ReadHeader(input, codec, &image) == 0 || image is null)
                {
                    return Sentence(source);
                }

                if (!IsAsExpected(image, size))
                {
                    return "OpenJPEG finds another image in its JPEG 2000 frame than its header declares";
                }

                if (NativeOpenJpeg.Decode(codec, input, image) == 0)
                {
                    return Sentence(source);
                }

                if (!IsAsExpected(image, size) || image->Components[0].Samples is null)
                {
                    return "OpenJPEG decodes no image from its JPEG 2000 frame";
                }

                Copy(new ReadOnlySpan<int>(image->Components[0].Samples, size.Rows * size.Columns), pixels);
                return null;
            }
        }
        finally
        {
            _ = Interlocked.Decrement(ref _decoding);
            if (input != 0)
            {
                NativeOpenJpeg.DestroyStream(input);
            }

            if (codec != 0)
            {
                NativeOpenJpeg.DestroyCodec(codec);
            }

            if (image is not null)
            {
                NativeOpenJpeg.DestroyImage(image);
            }
        }
    }

    private static bool Setup(nint codec, int threads)
    {
        var parameters = stackalloc byte[NativeOpenJpeg.ParametersRoom];
        NativeOpenJpeg.SetDefaultParameters(parameters);
        var isSet = NativeOpenJpeg.SetupDecoder(codec, parameters) != 0;
        if (isSet && threads > 1)
        {
            _ = NativeOpenJpeg.SetThreads(codec, threads); // a library without threads says no, and decodes all the same
        }

        return isSet;
    }

    /// <summary>OpenJPEG has read the same header, and must have understood the same.</summary>
    private static bool IsAsExpected(OpenJpegImage* image, Jpeg2000Size size) =>
        image->ComponentCount == 1 && image->Components is not null && image->Components[0] is var only
        && (only.Width, only.Height) == ((uint)size.Columns, (uint)size.Rows)
        && (only.Precision, only.IsSigned != 0) == ((uint)size.Precision, size.IsSigned) && only.Factor == 0;

    /// <summary>The low bits of each integer. OpenJPEG keeps values inside of their precision.</summary>
    private static void Copy(ReadOnlySpan<int> samples, Span<byte> pixels)
    {
        if (pixels.Length == samples.Length)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                pixels[i] = (byte)samples[i];
            }

            return;
        }

        var words = MemoryMarshal.Cast<byte, short>(pixels);
        var at = 0;
        for (; at + Vector256<short>.Count <= samples.Length; at += Vector256<short>.Count)
        {
            var (low, high) = (Vector256.Create(samples[at..]), Vector256.Create(samples[(at + Vector256<int>.Count)..]));
            Vector256.Narrow(low, high).CopyTo(words[at..]);
        }

        for (; at < samples.Length; at++)
        {
            words[at] = (short)samples[at];
        }
    }

    private static string Sentence(OpenJpegSource source) => source.Error is { Length: > 0 } error
        ? $"its JPEG 2000 frame cannot be decoded: {error}"
        : "its JPEG 2000 frame cannot be decoded";
}
