using System.Diagnostics;
using System.Globalization;
using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Benchmarks.Series;

/// <summary>
/// The decoder of lossless JPEG and GDCM beside each other: the same frames, from the code stream in memory to samples in memory, one thread, in turns. Each frame's best of some
/// rounds counts, so that other processes on the machine disturb little.
/// </summary>
internal static class DecoderAlone
{
    private const int MostFrames = 100, Rounds = 15;
    private static readonly JpegLosslessDecoder Decoder = new();

    public static string Measure(string folder)
    {
        _ = Gdcm.Version;
        var reader = DicomLibrary.Reader();
        List<(SliceHeader Header, byte[] Stream)> frames = [];
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(MostFrames))
        {
            var header = reader.ReadHeaders(path).Value![0];
            frames.Add((header, Stream(path, header)));
        }

        double own = 0, peer = 0;
        var (samples, coded) = (0L, 0L);
        foreach (var (header, stream) in frames)
        {
            var form = new FrameForm(header.Rows, header.Columns, header.BitsAllocated);
            var (ours, theirs) = (new byte[form.Bytes], Array.Empty<byte>());
            own += Best(() => Check(Decoder.Decode(stream, form, ours).Wrong, header.Path));
            peer += Best(() => theirs = PeerDecode(stream, header));
            Check(ours.AsSpan().SequenceEqual(theirs) ? null : "the samples differ", header.Path);
            samples += (long)header.Rows * header.Columns;
            coded += stream.Length;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            {frames.Count} frames, {8.0 * coded / samples:0.0} bits a sample
            own  {frames.Count / own,6:0} frames/s, {own / samples * 1e9:0.00} ns a sample
            GDCM {frames.Count / peer,6:0} frames/s, {peer / samples * 1e9:0.00} ns a sample: {peer / own:0.0} times
            """);
    }

    private static double Best(Action decode)
    {
        var best = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            decode();
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }

        return (double)best / Stopwatch.Frequency;
    }

    private static void Check(string? wrong, string path)
    {
        if (wrong is not null)
        {
            throw new InvalidOperationException($"{path}: {wrong}");
        }
    }

    private static byte[] Stream(string path, SliceHeader header)
    {
        var file = File.ReadAllBytes(path);
        return [.. header.Place!.Fragments.SelectMany(piece => file.AsSpan((int)piece.Start, (int)piece.Length).ToArray())];
    }

    private static byte[] PeerDecode(byte[] stream, SliceHeader header)
    {
        using var size = new gdcm.VL((uint)stream.Length);
        using var fragment = new gdcm.Fragment();
        fragment.SetByteValue(stream, size);
        using var fragments = gdcm.SequenceOfFragments.New();
        fragments.AddFragment(fragment);
        using var tag = new gdcm.Tag(DicomTag.PixelData);
        using var element = new gdcm.DataElement(tag);
        element.SetValue(fragments.__ref__());
        using var image = new gdcm.Image();
        image.SetNumberOfDimensions(2);
        image.SetDimension(0, (uint)header.Columns);
        image.SetDimension(1, (uint)header.Rows);
        using var syntax = new gdcm.TransferSyntax(gdcm.TransferSyntax.GetTSType(header.TransferSyntax));
        image.SetTransferSyntax(syntax);
        using var format = new gdcm.PixelFormat(
            1, (ushort)header.BitsAllocated, (ushort)header.BitsStored, (ushort)header.HighBit, (ushort)(header.IsSigned ? 1 : 0));
        image.SetPixelFormat(format);
        image.SetDataElement(element);
        var pixels = new byte[image.GetBufferLength()];
        return image.GetBuffer(pixels) ? pixels : [];
    }
}
