using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Blocks;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Tiling.Streams;

/// <summary>Where the tiles of a slide go: judges them, keeps the pixels of good ones until their sequence is full, and stores it.</summary>
internal sealed class TileSink
{
    private readonly SlideScene _scene;
    private readonly SequenceWriter _writer;
    private readonly TilePool _pool;

    public TileSink(SlideScene scene)
    {
        _scene = scene;
        _writer = scene.Visit.Own(scene.Visit.Store.Stage(scene.Visit.Job.Item));
        _pool = new TilePool(Grid.Edge * Grid.Edge * 3);
    }

    public SequenceWriter Writer => _writer;

    private TileGrid Grid => _scene.Plan.Grid;

    /// <summary>Reads and judges a block.</summary>
    /// <param name="reader">Reads it.</param>
    /// <param name="block">The block.</param>
    /// <param name="keep">Whether the pixels of good tiles are kept.</param>
    public Task<IReadOnlyList<JudgedTile>> Judge(IBlockReader reader, TileBlock block, bool keep) => reader.Read(
        block,
        (tile, rgb) =>
        {
            var scores = TileScores.Of(rgb, _scene.Visit.Settings.Filter);
            var verdict = scores.Judge(_scene.Visit.Settings.Filter);
            return new JudgedTile(new ExaminedTile(tile, verdict, scores), keep && verdict == TileVerdict.Kept ? Cut(rgb) : null);
        },
        (tile, error) => new JudgedTile(new ExaminedTile(tile, TileVerdict.Unreadable, Error: error), null));

    /// <summary>Reads a sequence chosen among judged tiles.</summary>
    /// <exception cref="Slides.SlideException">A tile that could be read before cannot be read now.</exception>
    public async Task<PixelSequence> Read(IBlockReader reader, int number, IReadOnlyList<TileBlock> blocks)
    {
        var pixels = new List<byte[]>();
        foreach (var block in blocks)
        {
            pixels.AddRange(await reader.Read(block, (_, rgb) => Cut(rgb), (_, error) => throw new Slides.SlideException("unreadable-slide", error)).ConfigureAwait(false));
        }

        return new PixelSequence(number, [.. blocks.SelectMany(block => block.Tiles)], pixels);
    }

    /// <summary>Stores a sequence and gives its memory back.</summary>
    public SequenceEntry<TileFrame> Store(PixelSequence sequence)
    {
        var name = _writer.Write(sequence.Number, sequence.Pixels, sequence.Tiles.Count, Grid.Edge, Grid.Edge, 3);
        _pool.Return(sequence.Pixels);
        return new SequenceEntry<TileFrame>(name, [.. sequence.Tiles.Select(tile => new TileFrame(tile.X, tile.Y, Grid.Width, Math.Round(tile.Tissue, 4)))]);
    }

    private byte[] Cut(PixelView rgb)
    {
        var pixels = _pool.Rent();
        rgb.CopyTo(pixels);
        _scene.Stain?.Apply(pixels);
        return pixels;
    }
}
