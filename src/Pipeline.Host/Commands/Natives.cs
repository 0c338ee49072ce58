using MhdNet.Host.Doctor;

namespace MhdNet.Host.Commands;

/// <summary>Refuses to begin what a missing native library would end.</summary>
internal static class Natives
{
    /// <exception cref="InputException">A library is missing; names it and the fix.</exception>
    public static void Require() => Require(_ => true);

    /// <summary>The same for what only computes with the network: no scan is read.</summary>
    /// <exception cref="InputException">Torch is missing; names the fix.</exception>
    public static void RequireTorch() => Require(finding => finding.Subject.StartsWith("Torch", StringComparison.Ordinal));

    private static void Require(Func<Finding, bool> needed)
    {
        var missing = Examination.Libraries().Where(finding => needed(finding) && !finding.Good).Select(finding => $"{finding.Subject} is missing: {finding.Observed} → {finding.Fix}").ToList();
        if (missing.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, missing), ExitCode.Environment);
        }
    }
}
