using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>Networks whose first weights depend on the seed alone.</summary>
internal static class Seeded
{
    /// <summary>Seeds torch's generator, then makes the network.</summary>
    public static T Make<T>(MhdOptions options, Func<T> make)
        where T : nn.Module
    {
        random.manual_seed(options.Seed);
        return make();
    }
}
