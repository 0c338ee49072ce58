using MhdNet.Training.Arithmetic;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Arithmetic;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class ConvolutionsTests
{
    [Theory]
    [InlineData(1, 3, 8, 1, true)]
    [InlineData(2, 21, 8, 1, false)]
    [InlineData(1, 20, 40, 1, true)]
    [InlineData(1, 5, 3, 3, true)]
    [InlineData(2, 8, 13, 2, false)]
    public void Filled_channels_change_neither_value_nor_gradients(int stride, int inputs, int outputs, int groups, bool bias)
    {
        foreach (var (block, dimensions) in new[] { (8, 2), (8, 3), (16, 2), (16, 3) })
        {
            using var scope = NewDisposeScope();
            random.manual_seed(6);
            long[] voxels = [5, 6, 4], kernel = [3, 3, 3];
            var form = new ConvolutionForm([.. Enumerable.Repeat((long)stride, dimensions)], [.. Enumerable.Repeat(1L, dimensions)], groups);
            var input = randn([2, groups * inputs, .. voxels[..dimensions]], requires_grad: true);
            var weight = randn([groups * outputs, inputs, .. kernel[..dimensions]], requires_grad: true);
            var offset = bias ? randn([groups * outputs], requires_grad: true) : null;
            var seen = new List<(long Outputs, long Inputs)>();
            var filled = new Convolutions(block, (x, w, b, f) =>
            {
                seen.Add((w.shape[0] / f.Groups, w.shape[1]));
                return RightConvolutions.Compute(x, w, b, f);
            });

            var own = filled.Apply(input, weight, offset, form);
            var expected = RightConvolutions.Compute(input, weight, offset, form);

            Tensor[] trained = offset is null ? [input, weight] : [input, weight, offset];
            var direction = randn_like(expected.detach());
            var pairs = autograd.grad([own], trained, [direction]).Prepend(own)
                .Zip(autograd.grad([expected], trained, [direction]).Prepend(expected));
            Assert.All(pairs, pair => Assert.True(pair.First.allclose(pair.Second, 1e-5, 1e-5)));
            Assert.Equal([(Whole(outputs, block), Whole(inputs, block))], seen);
        }
    }

    [Fact]
    public void What_the_library_computes_rightly_is_handed_over_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var handed = new List<Tensor>();
        ConvolutionKernel library = (input, weight, bias, form) =>
        {
            handed.AddRange([input, weight]);
            return RightConvolutions.Compute(input, weight, bias, form);
        };
        var (input, weight) = (randn([2, 5, 3, 4, 4]), randn([3, 5, 3, 3, 3]));
        var (single, whole) = (randn([3, 5, 1, 1, 1]), randn([16, 16, 3, 3, 3]));

        new Convolutions(1, library).Apply(input, weight, null, ConvolutionForm.Cubic(1, 1));
        new Convolutions(16, library).Apply(input, single, null, ConvolutionForm.Cubic(1, 0));
        new Convolutions(16, library).Apply(input.to(ScalarType.Float64), weight.to(ScalarType.Float64), null, ConvolutionForm.Cubic(1, 1));
        new Convolutions(16, library).Apply(randn([2, 16, 3, 4, 4]), whole, null, ConvolutionForm.Cubic(1, 1));

        Assert.Equal([5, 5, 5, 5, 5, 5, 16, 16], handed.Select(tensor => tensor.shape[1]));
        Assert.Same(weight, handed[1]);
    }

    private static long Whole(int channels, int block) => (channels + block - 1) / block * block;
}
