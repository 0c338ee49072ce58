using MhdNet.Host.Doctor;
using MhdNet.Tiling.Slides;

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

    private static void Require(Func<IReadOnlyList<Finding>> examine)
    {
        var missing = examine().Where(finding => !finding.Good).Select(finding => $"{finding.Subject} is missing: {finding.Observed} → {finding.Fix}").ToList();
        if (missing.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, missing), ExitCode.Environment);
        }
    }
}
