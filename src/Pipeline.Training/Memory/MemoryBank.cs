using MhdNet.Training.Network;
using static TorchSharp.torch;

namespace MhdNet.Training.Memory;

/// <summary>
/// The memory of one stage: for each tumour type M items of D numbers, and whether the type was ever seen. Items are buffers, never parameters; a type
/// that was not seen takes no part in any reading.
/// </summary>
public sealed class MemoryBank : IDisposable
{
    private readonly StageShape _stage;
    private readonly int _edge;
    private readonly double _decay;
    private readonly int _reseedAfter;
    private readonly Tensor _cells;
    private readonly Tensor _nearest;

    /// <summary>An empty bank.</summary>
    /// <param name="stage">Sizes of the features.</param>
    /// <param name="types">K.</param>
    /// <param name="items">M, a square number of at most the stage's pixels.</param>
    /// <param name="decay">lambda of eq. 6.</param>
    /// <param name="reseedAfter">Updates without a query after which an item is re-seeded; 0: never.</param>
    /// <param name="device">Where the items live.</param>
    public MemoryBank(StageShape stage, int types, int items, double decay, int reseedAfter, Device device)
    {
        ArgumentNullException.ThrowIfNull(stage);
        (_stage, _decay, _reseedAfter) = (stage, decay, reseedAfter);
        _edge = (int)Math.Round(Math.Sqrt(items));
        Items = zeros(types, items, stage.Depth, device: device).DetachFromDisposeScope();
        Seen = new bool[types];
        Idle = new long[types * items];
        var centres = Enumerable.Range(0, _edge).Select(i => ((2 * i) + 1) * stage.Edge / (2 * _edge)).ToArray();
        _cells = Grid(centres, stage.Edge, device);
        _nearest = Grid([.. Enumerable.Range(0, stage.Edge).Select(i => i * _edge / stage.Edge)], _edge, device);
    }

    /// <summary>[K, M, D].</summary>
    public Tensor Items { get; private set; }

    /// <summary>[K]: whether the type ever filled its items.</summary>
    public bool[] Seen { get; }

    /// <summary>[K*M]: updates of the item's type since it last won a query. Only counted where items are re-seeded.</summary>
    public long[] Idle { get; }

    /// <summary>
    /// Shows the bank one sample (eq. 5-6). The first sample of a type fills its items from the pixels at their centres; each further one moves
    /// every item towards the mean of the queries that are most like it. Items without a query keep their value. No gradient.
    /// </summary>
    /// <param name="type">The sample's type.</param>
    /// <param name="queries">[J, D], one row a pixel.</param>
    public void Update(int type, Tensor queries)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var items = Items[type];
        if (!Seen[type])
        {
            items.copy_(queries.index_select(0, _cells));
            Seen[type] = true;
            return;
        }

        var cosines = matmul(Cosine.Unit(queries), Cosine.Unit(items).t());
        var winner = cosines.argmax(1);
        var count = zeros(items.shape[0], dtype: queries.dtype, device: queries.device).index_add_(0, winner, ones_like(winner, dtype: queries.dtype), 1);
        var sum = zeros_like(items).index_add_(0, winner, queries, 1);
        var mean = sum / count.clamp_min(1).unsqueeze(1);
        var won = count.gt(0).unsqueeze(1);
        items.copy_(where(won, (items * _decay) + (mean * (1 - _decay)), items));
        if (_reseedAfter > 0)
        {
            Reseed(type, items, queries, cosines, count);
        }
    }

    /// <summary>Items of the seen types with their unit rows, as one table of rows.</summary>
    /// <returns>[seen*M, D] twice; no rows when nothing was seen.</returns>
    internal (Tensor Items, Tensor Units) Table()
    {
        using var noGrad = no_grad();
        using var index = tensor(SeenTypes(), device: Items.device);
        var items = Items.index_select(0, index).flatten(0, 1);
        return (items, Cosine.Unit(items));
    }

    /// <summary>
    /// Prediction-aware reading (eq. 11): the items of the seen types, weighted by the probability of each type and added up, enlarged to the stage's size by
    /// nearest neighbour.
    /// </summary>
    /// <param name="probabilities">[N, K+1] or [N, K]; what belongs to <c>other</c> reads nothing.</param>
    /// <returns>[N, c, t, h, w].</returns>
    public Tensor Read(Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var index = tensor(SeenTypes(), device: Items.device);
        var weights = probabilities.index_select(1, index);
        var mixed = matmul(weights, Items.index_select(0, index).flatten(1)).view(weights.shape[0], Items.shape[1], _stage.Depth);
        var enlarged = mixed.index_select(1, _nearest).transpose(1, 2);
        return enlarged.reshape(weights.shape[0], _stage.Channels, _stage.Frames, _stage.Edge, _stage.Edge).MoveToOuterDisposeScope();
    }

    /// <summary>Computes in double precision from now on.</summary>
    internal void ToDouble()
    {
        var single = Items;
        Items = single.to(ScalarType.Float64).DetachFromDisposeScope();
        single.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Items.Dispose();
        _cells.Dispose();
        _nearest.Dispose();
    }

    private static Tensor Grid(int[] positions, int edge, Device device) =>
        tensor([.. positions.SelectMany(row => positions.Select(column => (long)((row * edge) + column)))], dtype: ScalarType.Int64, device: device).DetachFromDisposeScope();

    private long[] SeenTypes() => [.. Enumerable.Range(0, Seen.Length).Where(type => Seen[type]).Select(type => (long)type)];

    /// <summary>Items that won nothing for too long take the queries that are least like any item, the least first.</summary>
    private void Reseed(int type, Tensor items, Tensor queries, Tensor cosines, Tensor count)
    {
        var wins = count.to(ScalarType.Float32).cpu().data<float>().ToArray();
        var stale = new List<long>();
        for (var item = 0; item < wins.Length; item++)
        {
            ref var idle = ref Idle[(type * wins.Length) + item];
            idle = wins[item] > 0 ? 0 : idle + 1;
            if (idle >= _reseedAfter && stale.Count < queries.shape[0])
            {
                stale.Add(item);
                idle = 0;
            }
        }

        if (stale.Count > 0)
        {
            var worst = cosines.amax([1L]).argsort(0).narrow(0, 0, stale.Count);
            items.index_copy_(0, tensor(stale, device: items.device), queries.index_select(0, worst));
        }
    }
}
