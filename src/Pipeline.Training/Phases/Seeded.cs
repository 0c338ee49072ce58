using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>Networks whose first weights depend on the seed alone.</summary>
internal static class Seeded
{
    private static readonly Lock Generator = new();

    /// <summary>Seeds torch's generator, then makes the network. The generator is the process's, so every network is made here, one after the other, also one whose weights are read from a file.</summary>
    public static T Make<T>(MhdOptions options, Func<T> make)
        where T : nn.Module
    {
        lock (Generator)
        {
            random.manual_seed(options.Seed);
            return make();
        }
    }
}
