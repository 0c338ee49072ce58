using Akka.Configuration;
using MhdNet.Host.Doctor;
using MhdNet.Tiling.Slides;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Devices;
using MhdNet.Training.Network;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Commands;

/// <summary>Refuses to begin what a missing native library would end. Whoever reads scans calls this first of all: it loads OpenSlide before OpenCV, as <see cref="OpenSlideLibrary.LoadFirst"/> tells.</summary>
internal static class Natives
{
    /// <summary>All of them.</summary>
    /// <exception cref="InputException">A library is missing; names it and the fix.</exception>
    public static void Require() => Require(Examination.Libraries);

    /// <summary>What reads scans.</summary>
    /// <exception cref="InputException">A library is missing; names it and the fix.</exception>
    public static void RequireDecoders() => Require(Examination.Decoders);

    /// <summary>What computes with the network.</summary>
    /// <exception cref="InputException">Torch is missing; names the fix.</exception>
    public static void RequireTorch() => Require(Examination.Networks);

    /// <summary>Arithmetic that is right: the operations of the networks to come, tested before anything is trained or typed.</summary>
    /// <param name="config">Settings; tells whether channels may be filled up.</param>
    /// <param name="device">Where networks will be computed; null: the first CUDA device where there is one, else the processor.</param>
    /// <param name="name">Whose networks they are: <c>preset tiny</c>.</param>
    /// <param name="options">All options that networks will be made of.</param>
    /// <exception cref="WrongArithmeticException">This machine computes wrongly; says what to do.</exception>
    public static SelfTestResult RequireArithmetic(Config config, ComputeDevice? device, string name, params IReadOnlyList<MhdOptions> options) =>
        Arithmetic(config, device, name, options);

    /// <summary>The same; also tested anew where that was passed before.</summary>
    public static SelfTestResult Arithmetic(
        Config config, ComputeDevice? device, string name, IReadOnlyList<MhdOptions> options, bool anew = false) =>
        ArithmeticInUse.Require(
            NetworkOperations.Of(name, options), TrainingSettings.From(config).ChannelPadding,
            (device ?? ComputeDevice.Of("auto", ComputeDevice.CudaDevices)).Open(), PassedTests.OfUser(), anew);

    private static void Require(Func<IReadOnlyList<Finding>> examine)
    {
        var missing = examine().Where(finding => !finding.Good).Select(finding => $"{finding.Subject} is missing: {finding.Observed} → {finding.Fix}").ToList();
        if (missing.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, missing), ExitCode.Environment);
        }
    }
}
