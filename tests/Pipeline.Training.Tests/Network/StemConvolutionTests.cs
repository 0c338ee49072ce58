using MhdNet.Training.Network;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Network;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class StemConvolutionTests
{
    [Theory]
    [InlineData(1, 8, 48)]
    [InlineData(3, 7, 33)]
    public void Unfolded_frames_give_the_3d_convolution_and_its_gradient(int channels, int frames, int edge)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        var input = randn([2, channels, frames, edge, edge], dtype: ScalarType.Float64);
        var weight = randn([4, channels, 7, 7, 7], dtype: ScalarType.Float64, requires_grad: true);
        var own = StemConvolution.Apply(input, weight);
        var expected = nn.functional.conv3d(input, weight, strides: [1, 2, 2], padding: [3, 3, 3]);
        var direction = randn_like(expected.detach());

        var gradient = autograd.grad([own], [weight], [direction])[0];
        var expectedGradient = autograd.grad([expected], [weight], [direction])[0];

        Assert.True(own.allclose(expected, 1e-9, 1e-9));
        Assert.True(gradient.allclose(expectedGradient, 1e-9, 1e-9));
        using var noGrad = no_grad();
        Assert.True(StemConvolution.Apply(input, weight).allclose(expected, 1e-9, 1e-9));
    }
}
