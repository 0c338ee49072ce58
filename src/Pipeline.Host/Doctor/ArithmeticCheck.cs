using Akka.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;

namespace MhdNet.Host.Doctor;

/// <summary>Whether this machine computes rightly, tested anew on the networks of a preset.</summary>
internal static class ArithmeticCheck
{
    /// <summary>Where torch cannot be loaded.</summary>
    public static Finding Impossible { get; } =
        new("arithmetic", false, "not tested, since torch or its device cannot be used", "mend what is said of torch above, then ask again");

    /// <summary>The finding.</summary>
    /// <param name="config">All settings.</param>
    /// <param name="preset">Name and fields of the preset.</param>
    public static Finding Run(Config config, (string Name, MhdOptions Options) preset)
    {
        const string subject = "arithmetic";
        try
        {
            var result = Natives.Arithmetic(config, null, $"preset {preset.Name}", [preset.Options], anew: true);
            return new Finding(subject, true, result.ToString());
        }
        catch (WrongArithmeticException e)
        {
            return new Finding(subject, false, e.Result.Problem, e.Result.Remedy);
        }
    }
}
