namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// What all COD and COC segments of a JPEG 2000 code stream ask for together. Which of them holds for which tile does not matter: the largest
/// precincts and the most layers are taken to meet in every tile.
/// </summary>
internal sealed class Jpeg2000Cost
{
    private const int MostPrecincts = 1 << 16, MostBlocks = 1 << 17;

    /// <summary>OpenJPEG looks for each packet of each tile, also behind the end of the data.</summary>
    private const long MostPackets = 1 << 19;

    private long _precincts;
    private long _layers;

    /// <summary>Whether code-blocks are those of T.814 (HTJ2K); null before it is known.</summary>
    public bool? IsHighThroughput { get; private set; }

    /// <summary>Adds what one segment asks for.</summary>
    /// <param name="tiles">Tiles of the image.</param>
    /// <param name="layers">Its layers; 0 where it does not say.</param>
    /// <param name="precincts">Precincts of a tile.</param>
    /// <param name="blocks">Code-blocks of a tile.</param>
    /// <param name="isHighThroughput">Whether its code-blocks are those of T.814.</param>
    /// <returns>Null, or what is too much.</returns>
    public string? Add(int tiles, int layers, long precincts, long blocks, bool isHighThroughput)
    {
        if (IsHighThroughput is { } other && other != isHighThroughput)
        {
            return "it mixes code-blocks of HTJ2K with others"; // OpenJPEG 2.5.0 then writes behind the end of its own memory
        }

        IsHighThroughput = isHighThroughput;
        (_precincts, _layers) = (Math.Max(_precincts, precincts), Math.Max(_layers, layers));
        return _precincts > MostPrecincts || blocks > MostBlocks || _precincts * _layers * tiles > MostPackets
            ? $"a tile of {tiles} has {_precincts} precincts, {blocks} code-blocks and {_layers} layers"
            : null;
    }
}
