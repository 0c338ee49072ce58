using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>Compressed frames that lie in any number of fragments, with an offset table, an extended one, a wrong one or none.</summary>
public sealed class FrameFragmentsSpecs : IDisposable
{
    private const int Rows = 12, Columns = 10, Frames = 5;
    private readonly TemporaryFolder _folder = new();
    private readonly DicomReader _reader = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("none", 1)]
    [InlineData("none", 2)]
    [InlineData("none", 3)]
    [InlineData("basic", 1)]
    [InlineData("basic", 3)]
    [InlineData("extended", 1)]
    [InlineData("extended", 3)]
    [InlineData("wrong", 1)]
    [InlineData("wrong", 3)]
    [InlineData("short", 3)]
    public void Each_frame_finds_its_own(string table, int pieces)
    {
        var fragments = Fragments(pieces);
        var starts = Starts(fragments).Where((_, i) => i % pieces == 0).ToList();
        File.WriteAllBytes(_folder["m.dcm"], (Slice() with
        {
            Offsets = table switch
            {
                "basic" => [.. starts.Select(start => (uint)start)],
                "wrong" => [.. starts.Select(start => (uint)start + 2)],
                "short" => [0, 8],
                _ => [],
            },
            Extended = table == "extended" ? (starts, starts) : null,
        }).File(fragments));
        CheckFrames();
    }

    [SkippableFact]
    public void Frames_may_have_different_numbers_of_fragments()
    {
        var streams = Enumerable.Range(0, Frames).Select(Stream).ToList();
        byte[][] fragments = [.. Pieces(streams[0], 4), streams[1], .. Pieces(streams[2], 2), streams[3], .. Pieces(streams[4], 3)];
        File.WriteAllBytes(_folder["m.dcm"], Slice().File(fragments));
        CheckFrames();
        var starts = Starts(fragments);
        uint[] offsets = [.. new[] { 0, 4, 5, 7, 8 }.Select(i => (uint)starts[i])];
        File.WriteAllBytes(_folder["m.dcm"], (Slice() with { Offsets = offsets }).File(fragments));
        CheckFrames();
    }

    [SkippableFact]
    public void Where_nothing_tells_whose_a_fragment_is_the_frames_are_refused()
    {
        var fragments = Fragments(2);
        fragments[2][0] = 0; // the second frame's code stream does not start as one
        File.WriteAllBytes(_folder["m.dcm"], Slice().File(fragments));
        var header = _reader.ReadHeader(_folder["m.dcm"]).Value!;
        var reason = _reader.ReadPixels(header).Reason!;
        Assert.Equal("undecodable", reason.Code);
        Assert.Contains("does not tell whose they are", reason.Sentence, StringComparison.Ordinal);
    }

    private static CompressedSlice Slice() => new("1.2.840.10008.1.2.4.80", Rows, Columns, 16, 12, false) { Frames = Frames };

    private static byte[][] Fragments(int pieces) => [.. Enumerable.Range(0, Frames).SelectMany(frame => Pieces(Stream(frame), pieces))];

    private static byte[][] Pieces(byte[] stream, int pieces) => [.. stream.Chunk((stream.Length / pieces / 2 * 2) + 2)];

    private static ushort[] Words(int frame) => Codecs.Frames.Random(new Random(frame), Rows * Columns, 12, wild: false);

    private static byte[] Stream(int frame) =>
        CharLsEncoder.Encode([.. Words(frame).SelectMany(BitConverter.GetBytes)], Rows, Columns, 12, near: 0);

    /// <summary>Where each fragment's head is, counted from the first.</summary>
    private static List<ulong> Starts(byte[][] fragments)
    {
        List<ulong> starts = [0];
        foreach (var fragment in fragments[..^1])
        {
            starts.Add(starts[^1] + 8 + (ulong)((fragment.Length + 1) / 2 * 2));
        }

        return starts;
    }

    private void CheckFrames()
    {
        var bytes = File.ReadAllBytes(_folder["m.dcm"]);
        var split = FrameFragments.Split(DicomFile.Read(new MemoryStream(bytes)), Frames)!;
        Assert.Equal(Frames, split.Count);
        for (var frame = 0; frame < Frames; frame++)
        {
            byte[] stream = [.. split[frame].SelectMany(piece => bytes.AsSpan((int)piece.Start, (int)piece.Length).ToArray())];
            Assert.Equal(Words(frame), new JpegLsDecoder().Words(stream, Rows, Columns));
        }
    }
}
