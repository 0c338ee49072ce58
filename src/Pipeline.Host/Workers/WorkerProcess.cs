using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MhdNet.Host.Workers;

/// <summary>A child process <c>mhdnet worker</c>. Its standard input stays open as long as this process lives: the end of it is how a worker knows that its host is gone, however that ended.</summary>
internal sealed class WorkerProcess : IWorkerProcess
{
    private static readonly TimeSpan StandardErrorPatience = TimeSpan.FromSeconds(1);
    private readonly Process _process;
    private readonly LastLines _errors = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        var read = Read(process.StandardError);
        ProcessId = process.Id;
        Ended = End(read);
    }

    /// <inheritdoc/>
    public int ProcessId { get; }

    /// <inheritdoc/>
    public Task<ProcessEnd> Ended { get; }

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">The system does not start it; the message says why.</exception>
    public static IWorkerProcess Start(WorkerOrders orders)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "mhdnet");
        var start = new ProcessStartInfo(program, ["worker", orders.Worker.Value]) { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // its sockets in /tmp would outlive a kill
        if (orders.MemoryLimit > 0)
        {
            // The collector works harder before the limit is reached; a quarter is left to native code.
            start.Environment["DOTNET_GCHeapHardLimit"] = (orders.MemoryLimit / 4 * 3).ToString("X", CultureInfo.InvariantCulture);
        }

        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
            try
            {
                process.StandardInput.WriteLine(orders.ToLine());
                process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // It is gone already; its end says why.
            }

            return new WorkerProcess(process);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} cannot be started: {e.Message}.", e);
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It is gone already.
        }
    }

    private async Task Read(StreamReader errors)
    {
        while (await errors.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            _errors.Add(line);
        }
    }

    private async Task<ProcessEnd> End(Task read)
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(read, Task.Delay(StandardErrorPatience)).ConfigureAwait(false); // a grandchild could hold it open
        var end = new ProcessEnd(_process.ExitCode, _errors.Now());
        _process.Dispose();
        return end;
    }
}
