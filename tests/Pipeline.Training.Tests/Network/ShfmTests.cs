using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Training.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Network;

[Collection("torch")] // one at a time: its generator and its threads are shared
public class ShfmTests
{
    [Property(MaxTest = 25)]
    public Property Equals_the_printed_formula_that_forms_the_correlation_tensor() => Prop.ForAll(
        Gen.Choose(0, 10_000).SelectMany(seed => Gen.Elements(1, 3, 5).SelectMany(kappa => Gen.Choose(1, 3).SelectMany(frames => Gen.Choose(2, 6).Select(edge => (seed, kappa, frames, edge))))).ToArbitrary(),
        size =>
        {
            using var scope = NewDisposeScope();
            random.manual_seed(size.seed);
            var attention = 1 + (2 * (size.seed % 3));
            var reduction = 1 + (size.seed % 2);
            using var shfm = new Shfm(new StageShape(4, size.frames, size.edge), size.kappa, attention, reduction, CPU).to(ScalarType.Float64);
            foreach (var parameter in shfm.parameters())
            {
                using var noGrad = no_grad();
                parameter.normal_();
            }

            var radiology = randn([2, 4, size.frames, size.edge, size.edge], dtype: ScalarType.Float64);
            var pathology = randn([2, 4, size.frames, size.edge, size.edge], dtype: ScalarType.Float64);
            var weights = shfm.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach());

            var fused = shfm.call(radiology, pathology).detach();

            var expected = NaiveShfm.Apply(weights, radiology, pathology, size.kappa, reduction);
            var error = ((fused - expected).abs().max() / expected.abs().max()).item<double>();
            return (error < 1e-10).Label($"{size}, attention {attention}, reduction {reduction}: relative error {error:g3}");
        });

    [Property(MaxTest = 25)]
    public Property Involution_has_the_gradient_of_the_formula() => Prop.ForAll(
        Gen.Choose(0, 10_000).SelectMany(seed => Gen.Elements(1, 3, 5).Select(kappa => (seed, kappa))).ToArbitrary(),
        size =>
        {
            using var scope = NewDisposeScope();
            random.manual_seed(size.seed);
            var values = randn([1, 2, 2, 3, 4], dtype: ScalarType.Float64, requires_grad: true);
            var kernels = randn([1, size.kappa * size.kappa, 2, 3, 4], dtype: ScalarType.Float64, requires_grad: true);
            var direction = randn([1, 2, 2, 3, 4], dtype: ScalarType.Float64);
            (Involution.Apply(values, kernels) * direction).sum().backward();

            // The sum is linear in each input, so one finite difference along a random direction is exact.
            double Change(Tensor dv, Tensor dk) => ((NaiveShfm.Involute(values.detach() + dv, kernels.detach() + dk, size.kappa) - NaiveShfm.Involute(values.detach(), kernels.detach(), size.kappa)) * direction).sum().item<double>();
            var (dv, dk) = (randn_like(values.detach()), randn_like(kernels.detach()));
            var wrong = Math.Abs(Change(dv, zeros_like(dk)) - (values.grad! * dv).sum().item<double>()) + Math.Abs(Change(zeros_like(dv), dk) - (kernels.grad! * dk).sum().item<double>());
            return (wrong < 1e-9).Label($"{size}: off by {wrong:g3}");
        });

    [Fact]
    public void A_window_of_the_pooling_larger_than_the_picture_repeats_pixels()
    {
        using var scope = NewDisposeScope();
        using var shfm = new Shfm(new StageShape(4, 1, 2), kappa: 5, attention: 3, reduction: 2, CPU);

        var fused = shfm.call(randn([2, 4, 1, 2, 2]), randn([2, 4, 1, 2, 2]));

        Assert.Equal([2, 4, 1, 2, 2], fused.shape);
        Assert.True(fused.isfinite().all().item<bool>());
    }
}
