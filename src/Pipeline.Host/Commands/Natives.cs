using MhdNet.Host.Doctor;

namespace MhdNet.Host.Commands;

/// <summary>Refuses to begin what a missing native library would end.</summary>
internal static class Natives
{
    /// <exception cref="InputException">A library is missing; names it and the fix.</exception>
    public static void Require()
    {
        var missing = Examination.Libraries().Where(finding => !finding.Good).Select(finding => $"{finding.Subject} is missing: {finding.Observed} → {finding.Fix}").ToList();
        if (missing.Count > 0)
        {
            throw new InputException(string.Join(Environment.NewLine, missing), ExitCode.Environment);
        }
    }
}
