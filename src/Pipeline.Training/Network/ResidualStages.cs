using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MhdNet.Training.Network;

/// <summary>Makes the residual stages that the branches share.</summary>
internal static class ResidualStages
{
    /// <summary>Stage 1 to 4 of a network of the given stem width; the first block of stages 2 to 4 halves the resolution and doubles the channels.</summary>
    public static Sequential Make(int stage, int width, int blocks, Device device)
    {
        var channels = width << (stage - 1);
        var channelsIn = stage == 1 ? width : channels / 2;
        return Sequential(Enumerable.Range(0, blocks).Select(block => (
            block.ToString(System.Globalization.CultureInfo.InvariantCulture),
            (Module<Tensor, Tensor>)(block == 0
                ? new BasicBlock3d(channelsIn, channels, stage == 1 ? 1 : 2, device)
                : new BasicBlock3d(channels, channels, 1, device)))));
    }
}
