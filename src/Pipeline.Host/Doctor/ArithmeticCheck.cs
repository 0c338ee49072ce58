using Akka.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Host.Hosting;
using MhdNet.Training.Arithmetic;

namespace MhdNet.Host.Doctor;

/// <summary>Whether this machine computes rightly, tested anew on the networks of all presets that come with the program.</summary>
internal static class ArithmeticCheck
{
    /// <summary>The finding; a machine whose libraries do not load has one of its own.</summary>
    public static Finding Run(Config config)
    {
        const string subject = "arithmetic";
        try
        {
            var presets = Settings.PresetNames.Select(name => Settings.Preset(name, []).Options);
            var result = Natives.Arithmetic(config, null, "all presets", [.. presets], passed: null);
            return new Finding(subject, true, result.ToString());
        }
        catch (WrongArithmeticException e)
        {
            return new Finding(subject, false, e.Result.Problem, e.Result.Remedy);
        }
    }
}
