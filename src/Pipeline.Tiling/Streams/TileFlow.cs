using Akka;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>The pieces of <see cref="SlideStream"/> through which tiles pass.</summary>
internal static class TileFlow
{
    /// <summary>Tiles that a stain normalisation is fitted to.</summary>
    private const int StainSamples = 32;

    /// <summary>Every planned tile, judged, a block at a time; more are begun than there are processors, because blocks leave in order and a quick one waits for a slow one.</summary>
    public static Source<IReadOnlyList<JudgedTile>, NotUsed> Judged(SlideScene scene, TileSink sink)
    {
        var blocks = scene.Blocks(scene.Plan.Tiles);
        var reader = scene.Reader(blocks);
        return Source.From(blocks).SelectAsync(2 * scene.Visit.Settings.Parallelism, block => sink.Judge(reader, block, scene.StoresAtOnce));
    }

    /// <summary>Kept tiles, put into sequences as they come.</summary>
    public static Flow<IReadOnlyList<JudgedTile>, SlidePart, NotUsed> Assembled() =>
        Flow.Create<IReadOnlyList<JudgedTile>>().StatefulSelectMany<IReadOnlyList<JudgedTile>, IReadOnlyList<JudgedTile>, SlidePart, NotUsed>(() => new SequenceAssembly().Take);

    /// <summary>Stores full sequences while others are still read.</summary>
    public static Flow<SlidePart, SlidePart, NotUsed> StoredWhereFull(SlideScene scene, TileSink sink) => Flow.Create<SlidePart>().SelectAsync(
        scene.Visit.Settings.Parallelism,
        part => part.Full is { } full ? Task.Run(() => part with { Full = null, Stored = sink.Store(full) }) : Task.FromResult(part));

    /// <summary>The sequences chosen among judged tiles, read again and stored.</summary>
    public static Source<SequenceEntry<TileFrame>, NotUsed> Chosen(ExaminedSlide slide)
    {
        var chosen = slide.Sequences.Select((tiles, number) => (Number: number, Blocks: slide.Scene.Blocks(tiles))).ToList();
        var reader = slide.Scene.Reader([.. chosen.SelectMany(sequence => sequence.Blocks)]);
        return Source.From(chosen).SelectAsync(
            slide.Scene.Visit.Settings.Parallelism,
            async sequence => slide.Sink.Store(await slide.Sink.Read(reader, sequence.Number, sequence.Blocks).ConfigureAwait(false)));
    }

    /// <summary>Pixels of tiles from all over the tissue, 8-bit RGB.</summary>
    public static Source<byte[], NotUsed> Samples(SlideScene scene)
    {
        var blocks = TileSequences.Spread(scene.Plan.Tiles, StainSamples).Select(tile => new TileBlock([tile])).ToList();
        var reader = scene.Reader(blocks);
        return Source.From(blocks)
            .SelectAsync(scene.Visit.Settings.Parallelism, block => reader.Read(block, (_, rgb) => rgb.EveryFourth(), (_, _) => []))
            .Aggregate(new List<byte[]>(), (all, samples) => [.. all, .. samples])
            .Select(samples => samples.SelectMany(sample => sample).ToArray());
    }
}
