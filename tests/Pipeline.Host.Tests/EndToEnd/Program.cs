using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>The built program as a process of its own, with what it prints.</summary>
internal sealed partial class Program : IDisposable
{
    /// <summary>SIGTERM.</summary>
    public const int Terminate = 15;

    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGSTOP: it stands still.</summary>
    public const int Pause = 19;

    /// <summary>SIGCONT.</summary>
    public const int GoOn = 18;

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _all = new();
    private int _count;
    private int _open = 2; // standard output and standard error

    private Program(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_all)
            {
                return _all.ToString();
            }
        }
    }

    /// <summary>The system's number for it.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it.</summary>
    public static Program Start(params string[] arguments) => Start(null, arguments);

    /// <summary>Starts it with faults that its workers are to commit.</summary>
    /// <param name="faultFile">The faults; null: none.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="before">The words before it that run it elsewhere, in the same process; null: none.</param>
    /// <param name="program">The program; null: this build's.</param>
    public static Program Start(string? faultFile, string[] arguments, string[]? before = null, string? program = null)
    {
        string[] words = [.. before ?? [], program ?? Path.Combine(AppContext.BaseDirectory, "mhdnet"), .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MHDNET_FAULT_FILE"] = faultFile ?? "";
        return new Program(new Process { StartInfo = start });
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit code and output.</returns>
    public static async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        using var program = Start(arguments);
        return (await program.Ended(), program.Output);
    }

    /// <summary>Waits for a line that contains a text.</summary>
    public async Task Line(string text)
    {
        try
        {
            await Patience.For($"the line '{text}'", Next(text), Moving);
        }
        catch (Exception e) when (e is TimeoutException or ChannelClosedException)
        {
            throw new InvalidOperationException($"'{text}' was not printed ({e.Message}). What was:{Environment.NewLine}{Output}", e);
        }
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal) => Assert.Equal(0, NativeKill(_process.Id, signal));

    /// <summary>Its child processes now.</summary>
    public IReadOnlyList<int> Children() => Seen.Children(_process.Id);

    /// <summary>The most memory that it held so far, in bytes (VmHWM).</summary>
    public long PeakMemory() => 1024 * long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Ends another process with SIGKILL; one that is gone already is no matter.</summary>
    public static void KillProcess(int process) => Signal(process, Kill);

    /// <summary>Sends a signal to another process; one that is gone already is no matter.</summary>
    public static void Signal(int process, int signal) => _ = NativeKill(process, signal);

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Ended()
    {
        try
        {
            return await Patience.For($"the end of process {Id}", End(), Moving);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"It did not end ({e.Message}). What it printed:{Environment.NewLine}{Output}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            var all = Seen.Tree(Id).ToList();
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            Gone(all).GetAwaiter().GetResult(); // before its folders are removed, nobody writes into them any more
        }

        _process.Dispose();
    }

    /// <summary>Waits until processes that were killed are gone.</summary>
    public static Task Gone(IEnumerable<int> processes) => Patience.Until(
        "the end of processes that were killed", () => !processes.Any(IsThere), () => string.Join(' ', processes.Where(IsThere)));

    private static bool IsThere(int process) => Directory.Exists($"/proc/{process}");

    private string Moving()
    {
        lock (_all)
        {
            return $"{_count} lines, {Seen.Work(Id)}";
        }
    }

    private async Task<bool> Next(string text)
    {
        while (!(await _lines.Reader.ReadAsync()).Contains(text, StringComparison.Ordinal))
        {
        }

        return true;
    }

    private async Task<int> End()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _open) == 0)
            {
                _lines.Writer.TryComplete();
            }

            return;
        }

        lock (_all)
        {
            _all.AppendLine(line);
            _count++;
        }

        _lines.Writer.TryWrite(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int NativeKill(int process, int signal);
}
