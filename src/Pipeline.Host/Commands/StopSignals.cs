using System.Runtime.InteropServices;

namespace MhdNet.Host.Commands;

/// <summary>
/// SIGINT and SIGTERM as a cancelled token, from before a command begins: System.CommandLine hears them only once the command has come to its first pause, and who reads a command's first line may stop it before.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<int> _late = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _heard;

    private StopSignals() => _heard = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    /// <summary>Runs a command that can be stopped.</summary>
    /// <param name="command">The command.</param>
    /// <returns>Its exit code; 128 and the signal's number where it did not end within a minute after the signal.</returns>
    public static async Task<int> Heard(Func<CancellationToken, Task<int>> command)
    {
        using var signals = new StopSignals();
        return await (await Task.WhenAny(command(signals._stop.Token), signals._late.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_heard, registration => registration.Dispose());
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true; // the process's own end
        var number = signal.Signal == PosixSignal.SIGINT ? 2 : 15;
        _ = Task.Delay(Patience).ContinueWith(_ => _late.TrySetResult(128 + number), TaskScheduler.Default);
        _stop.Cancel();
    }
}
