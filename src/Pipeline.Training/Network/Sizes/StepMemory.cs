using MhdNet.Training.Options;

namespace MhdNet.Training.Network.Sizes;

/// <summary>About how much memory a training step of the teacher, the largest of all steps, takes.</summary>
public static class StepMemory
{
    // Fitted to resident memory as 'mhdnet model --step' measures it, at the sizes tiny and paper with 1 to 3 samples (docs/network.md).
    private const long Program = 400L << 20;
    private const long BytesPerParameter = 16; // weight, gradient, Adam's two moments
    private const long BytesPerInputVoxelAndChannel = 25;

    /// <summary>An estimate in bytes.</summary>
    /// <param name="options">Options with types.</param>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public static long Of(MhdOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Program + (BytesPerParameter * NetworkSizes.Teacher(options).Parameters)
            + (BytesPerInputVoxelAndChannel * options.Batch * options.Frames * options.Size * options.Size * options.Width);
    }

    /// <summary>How many samples of a batch a step in double precision, beside the network that is being trained, has room for.</summary>
    /// <param name="options">Options with types.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="available">Bytes that are free.</param>
    public static int SamplesInDouble(MhdOptions options, int samples, long available)
    {
        var (one, two) = (Of(options with { Batch = 1 }), Of(options with { Batch = 2 }));
        return available / 2 < one ? 0 : (int)Math.Min(1 + (((available / 2) - one) / (two - one)), samples);
    }
}
