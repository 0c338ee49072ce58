using System.Diagnostics;
using System.Globalization;
using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Benchmarks.Series;

/// <summary>
/// The floor of a series: its slices' decoder alone, from code streams in memory to samples in memory, of as many slices as the trimming
/// keeps. Uncompressed slices need none: of them the bytes are copied.
/// </summary>
internal static class DecodeAlone
{
    private const double Kept = 0.48; // eight sequences of 24 of 400 slices
    private const int Rounds = 5;

    /// <returns>The best round's seconds, and what that is a sample.</returns>
    public static string Measure(string folder, int threads)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        List<Frame> frames = [.. files.Take((int)(files.Count * Kept)).Select(Load)];
        var best = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Parallel.ForEach(frames, new ParallelOptions { MaxDegreeOfParallelism = threads }, frame => frame.Decode());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        var samples = frames.Sum(frame => (double)frame.Form.Rows * frame.Form.Columns);
        var bits = 8 * frames.Sum(frame => frame.Stream.Length) / samples;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{best:0.000} {frames.Count} slices of {bits:0.0} bits a sample, {best / samples * 1e9:0.00} ns a sample");
    }

    private static Frame Load(string path)
    {
        var header = DicomLibrary.Reader().ReadHeaders(path).Value![0];
        var form = new FrameForm(header.Rows, header.Columns, header.BitsAllocated);
        var file = File.ReadAllBytes(path);
        var place = header.Place!;
        byte[] stream = place.Native is { } start
            ? file[(int)start..(int)(start + form.Bytes)]
            : [.. place.Fragments.SelectMany(piece => file[(int)piece.Start..(int)(piece.Start + piece.Length)])];
        return new Frame(path, form, stream, FrameDecoders.Of(header.TransferSyntax));
    }

    private sealed record Frame(string Path, FrameForm Form, byte[] Stream, IFrameDecoder? Decoder)
    {
        [ThreadStatic]
        private static byte[]? _pixels;

        public void Decode()
        {
            if (_pixels?.Length != Form.Bytes)
            {
                _pixels = new byte[Form.Bytes];
            }

            if (Decoder is null)
            {
                Stream.CopyTo(_pixels, 0);
            }
            else if (Decoder.Decode(Stream, Form, _pixels).Wrong is { } wrong)
            {
                throw new InvalidOperationException($"{Path}: {wrong}");
            }
        }
    }
}
