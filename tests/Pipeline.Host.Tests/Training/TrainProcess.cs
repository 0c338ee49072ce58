using System.Diagnostics;

namespace MhdNet.Host.Tests.Training;

/// <summary>A real <c>mhdnet train</c> in a process of its own, on a cohort that takes milliseconds a step.</summary>
internal sealed class TrainProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _work;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private TrainProcess(Process process, string work)
    {
        (_process, _work) = (process, work);
        (_output, _errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts it on a work folder that holds sequences, labels.csv, preset.json and settings.hocon.</summary>
    public static TrainProcess Start(string work, params string[] more)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mhdnet")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "train", "--work", work, "--labels", Path.Combine(work, "labels.csv"), "--config", Path.Combine(work, "settings.hocon"), "--device", "cpu" }.Concat(more))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // its sockets in /tmp would outlive a kill
        return new TrainProcess(Process.Start(start) ?? throw new InvalidOperationException("the program did not start"), work);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> End()
    {
        await Patience.For("the end of the training", Ended(), () => $"{Seen.Files(_work)}; {Seen.Work(_process.Id)}");
        return (_process.ExitCode, await _output, await _errors);
    }

    private async Task<bool> Ended()
    {
        await _process.WaitForExitAsync();
        return true;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
