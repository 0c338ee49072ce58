using static TorchSharp.torch;
using static TorchSharp.torch.autograd;

namespace MhdNet.Training.Network;

/// <summary>
/// Involution (eq. 3; Li et al., CVPR 2021) with one kernel a voxel, shared by all channels, applied frame by frame with zero padding:
/// O[n,e,t,h,w] = Σ_uv K[n, uκ+v, t,h,w] · V[n,e,t, h+u-κ/2, w+v-κ/2]. The κ² shifts are views of one padded copy of V and
/// are added up one after the other, forward and backward, so that nothing κ² times as large as V ever exists.
/// </summary>
public static class Involution
{
    /// <summary>Applies the kernels.</summary>
    /// <param name="values">V, [N, E, T, H, W].</param>
    /// <param name="kernels">K, [N, κ², T, H, W], κ odd.</param>
    /// <returns>[N, E, T, H, W].</returns>
    public static Tensor Apply(Tensor values, Tensor kernels) => Accumulation.apply(values, kernels);

    /// <summary>The sum and its two derivatives.</summary>
    internal sealed class Accumulation : SingleTensorFunction<Accumulation>
    {
        /// <inheritdoc/>
        public override string Name => nameof(Involution);

        /// <inheritdoc/>
        public override Tensor forward(AutogradContext ctx, params object[] vars)
        {
            var (values, kernels) = ((Tensor)vars[0], (Tensor)vars[1]);
            ctx.save_for_backward([values, kernels]);
            using var scope = NewDisposeScope();
            var kappa = Kappa(kernels);
            var padded = Padded(values, kappa);
            var sum = zeros_like(values);
            for (var shift = 0; shift < kappa * kappa; shift++)
            {
                using var view = View(padded, values, shift / kappa, shift % kappa);
                using var weight = kernels.narrow(1, shift, 1);
                sum.addcmul_(view, weight, 1);
            }

            return sum.MoveToOuterDisposeScope();
        }

        /// <inheritdoc/>
        public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
        {
            using var scope = NewDisposeScope();
            var saved = ctx.get_saved_variables();
            var (values, kernels) = (saved[0], saved[1]);
            var kappa = Kappa(kernels);
            var padded = Padded(values, kappa);
            var gradPadded = zeros_like(padded);
            var gradKernels = empty_like(kernels);
            for (var shift = 0; shift < kappa * kappa; shift++)
            {
                using var view = View(padded, values, shift / kappa, shift % kappa);
                using var gradView = View(gradPadded, values, shift / kappa, shift % kappa);
                using var weight = kernels.narrow(1, shift, 1);
                using var gradWeight = gradKernels.narrow(1, shift, 1);
                gradView.addcmul_(grad_output, weight, 1);
                using var product = grad_output * view;
                using var reduced = product.sum(1, keepdim: true);
                gradWeight.copy_(reduced);
            }

            var gradValues = View(gradPadded, values, kappa / 2, kappa / 2).contiguous();
            return [gradValues.MoveToOuterDisposeScope(), gradKernels.MoveToOuterDisposeScope()];
        }

        private static int Kappa(Tensor kernels) => (int)Math.Round(Math.Sqrt(kernels.shape[1]));

        private static Tensor Padded(Tensor values, int kappa) => nn.functional.pad(values, [kappa / 2, kappa / 2, kappa / 2, kappa / 2]);

        private static Tensor View(Tensor padded, Tensor values, int row, int column)
        {
            using var rows = padded.narrow(3, row, values.shape[3]);
            return rows.narrow(4, column, values.shape[4]);
        }
    }
}
