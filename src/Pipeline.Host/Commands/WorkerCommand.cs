using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet worker</c>: started by a host, never by a person.</summary>
internal static class WorkerCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "worker";

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The worker's name, for lists of processes." };
        var command = new Command(Name, "Reads scans for a host, which starts it and tells it on standard input what to do. The native decoders are loaded here only.") { name };
        command.Hidden = true;
        command.SetAction((_, _) => Invoke());
        return command;
    }

    /// <summary>Runs the process, and explains what it cannot do.</summary>
    public static async Task<int> Invoke()
    {
        try
        {
            return await Run().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var explanation = Explanation.Of(e);
            await Console.Error.WriteLineAsync(explanation.Text).ConfigureAwait(false);
            return explanation.ExitCode;
        }
    }

    private static async Task<int> Run()
    {
        // A terminal's Ctrl-C and a service manager's SIGTERM reach the whole group; when a worker ends is its host's business.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        var input = Console.In;
        var orders = Read(await input.ReadLineAsync().ConfigureAwait(false));
        HostWatch.Begin(input);
        MemoryLimit.Apply(orders.MemoryLimit);
        return await WorkerHost.Run(orders).ConfigureAwait(false);
    }

    private static WorkerOrders Read(string? line)
    {
        try
        {
            return WorkerOrders.Of(line ?? "");
        }
        catch (JsonException)
        {
            throw new InputException("'mhdnet worker' is started by 'mhdnet run' and 'mhdnet tile', which tell it on standard input what to do. Start one of these.");
        }
    }
}
