using System.Diagnostics;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Runs the built program as on an AMD processor whose hypervisor hides the sizes of its caches: <c>hidden-caches.c</c>.</summary>
internal sealed class HiddenCaches : IDisposable
{
    private const int Cannot = 77;
    private readonly TemporaryFolder _folder = new();

    /// <summary>Compiles it; the test is skipped, by name, where there is no C compiler or CPUID cannot be made to fault.</summary>
    public HiddenCaches()
    {
        Library = _folder["hidden-caches.so"];
        var source = Path.Combine(Repository.Root, "tests/Pipeline.Host.Tests/EndToEnd/hidden-caches.c");
        Skip.IfNot(File.Exists("/usr/bin/cc"), "needs a C compiler, which is not here");
        var (compiled, words) = Finish(new ProcessStartInfo("/usr/bin/cc", ["-O2", "-shared", "-fPIC", "-o", Library, source, "-ldl"]));
        Assert.True(compiled == 0, words);
        Skip.If(Finish(With(new ProcessStartInfo("/usr/bin/true"))).ExitCode == Cannot, "needs a processor and kernel that let CPUID fault");
    }

    /// <summary>The library to preload.</summary>
    public string Library { get; }

    /// <summary>Runs <c>mhdnet</c> to its end.</summary>
    /// <param name="limit"><c>ONEDNN_MAX_CPU_ISA</c>; null: not set.</param>
    /// <param name="arguments">Its arguments.</param>
    public (int ExitCode, string Output) Run(string? limit, params string[] arguments)
    {
        var start = With(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mhdnet"), arguments));
        start.Environment["XDG_CACHE_HOME"] = _folder["cache"];
        if (limit is not null)
        {
            start.Environment["ONEDNN_MAX_CPU_ISA"] = limit;
        }

        return Finish(start);
    }

    public void Dispose() => _folder.Dispose();

    private ProcessStartInfo With(ProcessStartInfo start)
    {
        start.Environment["LD_PRELOAD"] = Library;
        return start;
    }

    private static (int ExitCode, string Output) Finish(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.Result + errors.Result);
    }
}
