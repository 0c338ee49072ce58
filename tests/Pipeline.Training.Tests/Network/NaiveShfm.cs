using static TorchSharp.torch;

namespace MhdNet.Training.Tests.Network;

/// <summary>SHFM as the method prints it, with C formed in full and involution as loops; for small sizes, in float64.</summary>
internal static class NaiveShfm
{
    public static Tensor Apply(IReadOnlyDictionary<string, Tensor> w, Tensor radiology, Tensor pathology, int kappa, int reduction)
    {
        var (n, c, t, h) = (radiology.shape[0], radiology.shape[1], radiology.shape[2], radiology.shape[3]);
        var r = nn.functional.conv3d(radiology, w["radiology_proj.weight"], w["radiology_proj.bias"]);
        var p = nn.functional.adaptive_avg_pool3d(nn.functional.conv3d(pathology, w["pathology_proj.weight"], w["pathology_proj.bias"]), [t, kappa, kappa]);
        var correlations = einsum("nck,ncthw->nkthw", p.flatten(2), r) / Math.Sqrt(c);
        var attention = w["attention.weight"];
        var padding = attention.shape[2] / 2;
        var gates = sigmoid(nn.functional.conv3d(correlations, attention, padding: [padding, padding, padding]));
        var kernels = nn.functional.conv3d(correlations, w["kernel.weight"], w["kernel.bias"]);
        var reduced = nn.functional.conv3d(pathology, w["pathology_reduce.weight"], w["pathology_reduce.bias"]);
        var groups = new List<Tensor> { radiology * gates.narrow(1, 0, 1) };
        for (var j = 0; j < t; j++)
        {
            var frame = reduced.narrow(2, j, 1).expand(n, c / reduction, t, h, h);
            groups.Add(frame * gates.narrow(1, 1 + j, 1));
        }

        var fused = cat(groups, 1);
        var values = Normalise(nn.functional.conv3d(fused, w["mix_in.weight"]), w["norm_in.weight"], w["norm_in.bias"]).relu();
        var involuted = Normalise(Involute(values, kernels, kappa), w["norm_out.weight"], w["norm_out.bias"]);
        return nn.functional.conv3d(involuted + fused, w["mix_out.weight"], w["mix_out.bias"]);
    }

    public static Tensor Involute(Tensor values, Tensor kernels, int kappa)
    {
        var (n, e, t, h, w) = (values.shape[0], values.shape[1], values.shape[2], values.shape[3], values.shape[4]);
        var (v, k) = (values.data<double>().ToArray(), kernels.data<double>().ToArray());
        var output = new double[v.Length];
        for (long at = 0; at < output.Length; at++)
        {
            var (x, y, f, channel, sample) = (at % w, at / w % h, at / (w * h) % t, at / (w * h * t) % e, at / (w * h * t * e));
            for (var shift = 0; shift < kappa * kappa; shift++)
            {
                var (row, column) = (y + (shift / kappa) - (kappa / 2), x + (shift % kappa) - (kappa / 2));
                if (row >= 0 && row < h && column >= 0 && column < w)
                {
                    output[at] += k[((((((sample * kappa * kappa) + shift) * t) + f) * h) + y) * w + x] * v[((((((sample * e) + channel) * t) + f) * h) + row) * w + column];
                }
            }
        }

        return tensor(output, [n, e, t, h, w]);
    }

    private static Tensor Normalise(Tensor x, Tensor weight, Tensor bias)
    {
        var mean = x.mean([0, 2, 3, 4], keepdim: true);
        var variance = (x - mean).square().mean([0, 2, 3, 4], keepdim: true);
        return ((x - mean) / (variance + 1e-5).sqrt() * weight.view(1, -1, 1, 1, 1)) + bias.view(1, -1, 1, 1, 1);
    }
}
