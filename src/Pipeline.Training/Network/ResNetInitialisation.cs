using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MhdNet.Training.Network;

/// <summary>How a ResNet starts: convolutions He-normal by fan-out (He et al. 2015, eq. 14); batch normalisation at 1 and 0; the rest as PyTorch does.</summary>
internal static class ResNetInitialisation
{
    /// <summary>Draws all convolution weights of a branch anew from torch's generator.</summary>
    public static void Apply(nn.Module branch)
    {
        foreach (var module in branch.modules())
        {
            if (module is Conv3d { weight: { } weight })
            {
                nn.init.kaiming_normal_(weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
            }
        }
    }
}
