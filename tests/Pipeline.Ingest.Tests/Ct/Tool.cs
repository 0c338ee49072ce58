using System.ComponentModel;
using System.Diagnostics;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Programs of others that judge ours. A test is skipped, by name, where one is not installed.</summary>
internal static class Tool
{
    /// <summary>Runs one to its end.</summary>
    public static (int Code, string Output, string Errors) Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"needs {program}, which is not here");
            throw;
        }
    }
}
