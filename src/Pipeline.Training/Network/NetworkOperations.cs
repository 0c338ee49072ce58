using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>What the networks, the memory and the losses of some options compute, on small inputs: for the self-test.</summary>
public static class NetworkOperations
{
    private const int Samples = 2, Frames = 3, Height = 5, Width = 6, Rows = 5, Items = 33, MostGates = 500;

    /// <summary>The operations, each once.</summary>
    /// <param name="name">Whose they are: <c>preset tiny</c>.</param>
    /// <param name="options">All options that networks are made of; the number of types changes nothing that matters here.</param>
    public static Operations Of(string name, params IReadOnlyList<MhdOptions> options) => new(
        name,
        [.. options.SelectMany(NetworkConvolutions.Of).DistinctBy(each => each.Name)],
        [.. options.SelectMany(Others).DistinctBy(each => each.Name)]);

    private static IEnumerable<Operation> Others(MhdOptions options)
    {
        var stages = StageShape.Of(options);
        return
        [
            .. Heads(8 * options.Width),
            .. stages.SelectMany(Layers),
            .. stages.Take(3).SelectMany(stage => Fusions(stage, options)),
            .. Memory(stages[0].Depth),
        ];
    }

    private static Operation[] Heads(int features) =>
    [
        new($"mean over voxels [{features} channels]", [Voxels("input", features)], inputs => inputs[0].mean([2, 3, 4])),
        new(
            $"linear layer [{features} → {Rows}]", [new("input", [Samples, features]), new("weights", [Rows, features]), new("bias", [Rows])],
            inputs => functional.linear(inputs[0], inputs[1], inputs[2])),
        new("softmax", [new("input", [Samples, Rows])], inputs => functional.softmax(inputs[0], 1)),
        new("logarithm of softmax", [new("input", [Samples, Rows])], inputs => functional.log_softmax(inputs[0], 1)),
        new("mean of squares", [new("found", [Samples, features]), new("wanted", [Samples, features])], inputs => functional.mse_loss(inputs[0], inputs[1])),
        new(
            "cross entropy", [new("input", [Samples, Rows])],
            inputs => functional.cross_entropy(inputs[0], arange(Samples, device: inputs[0].device), ones(Rows, dtype: inputs[0].dtype, device: inputs[0].device) * 0.5)),
    ];

    private static IEnumerable<Operation> Layers(StageShape stage)
    {
        var c = stage.Channels;
        yield return Norm(c, training: true);
        yield return Norm(c, training: false);
        yield return new Operation($"max pooling [{c} channels]", [Voxels("input", c)], inputs => functional.max_pool3d(inputs[0], [3, 3, 3], [2, 2, 2], [1, 1, 1]));
    }

    private static Operation Norm(int channels, bool training) => new(
        $"batch normalisation in {(training ? "training" : "evaluation")} [{channels} channels]",
        [Voxels("input", channels), new("weights", [channels]), new("bias", [channels])],
        inputs =>
        {
            var mean = zeros_like(inputs[1]).detach();
            return functional.batch_norm(inputs[0], mean, ones_like(mean), inputs[1], inputs[2], training, 0.1, 1e-5);
        });

    private static Operation[] Fusions(StageShape stage, MhdOptions options)
    {
        var (c, kappa) = (stage.Channels, options.Kappa);
        var gates = (stage.Frames + 1) * options.AttentionKernel * options.AttentionKernel * options.AttentionKernel;
        var pooled = stage.Frames * kappa * kappa;
        var fused = c + (stage.Frames * c / options.Reduction);
        return
        [
            Norm(fused, training: true), Norm(fused, training: false),
            new(
                $"adaptive pooling [{c} channels to {kappa}x{kappa}]", [Voxels("input", c)],
                inputs => functional.adaptive_avg_pool3d(inputs[0], [Frames, kappa, kappa]).sigmoid()),
            Product([Samples, c, pooled], [pooled, Math.Min(gates, MostGates)]),
            Product([Samples, kappa * kappa, c], [Samples, c, Frames * Height * Width]),
            new($"involution [{c} channels, {kappa}x{kappa}]", [Voxels("input", c), Voxels("kernels", kappa * kappa)], inputs => Involution.Apply(inputs[0], inputs[1])),
        ];
    }

    private static Operation[] Memory(int depth) =>
    [
        Product([Samples, Rows, depth], [depth, Items]),
        new(
            $"reading by cosine [{Items} items of {depth}]", [new("queries", [Samples, Rows, depth]), new("items", [Items, depth], Gradient: false)],
            inputs => matmul(functional.softmax(matmul(functional.normalize(inputs[0], dim: -1), functional.normalize(inputs[1], dim: -1).t()), -1), inputs[1])),
        new(
            $"rows added by index [{depth} columns]", [new("rows", [Items, depth])],
            inputs => zeros([Rows, depth], dtype: inputs[0].dtype, device: inputs[0].device).index_add(0, arange(Items, device: inputs[0].device) % Rows, inputs[0], 1)),
        new(
            $"rows replaced by index [{depth} columns]", [new("rows", [Items, depth]), new("others", [Rows, depth])],
            inputs => inputs[0].index_copy(0, arange(Rows, device: inputs[0].device) * 5, inputs[1])),
        new(
            $"rows chosen by index [{depth} columns]", [new("rows", [Items, depth])],
            inputs => inputs[0].index_select(0, arange(Items, device: inputs[0].device) * 7 % Items)),
    ];

    private static Operation Product(long[] left, long[] right) => new(
        $"matrix product [{string.Join(',', left)}] x [{string.Join(',', right)}]", [new("left", left), new("right", right)], inputs => matmul(inputs[0], inputs[1]));

    private static OperationInput Voxels(string name, int channels) => new(name, [Samples, channels, Frames, Height, Width]);
}
