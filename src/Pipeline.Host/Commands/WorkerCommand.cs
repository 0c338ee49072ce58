using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using MhdNet.Host.Machines;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet worker</c>: with <c>--join</c> a machine that works for a host on another; without, a worker process, which its host starts, never a person.</summary>
internal static class WorkerCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "worker";

    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "The worker's name, for lists of processes.", Arity = ArgumentArity.ZeroOrOne, Hidden = true };
        var machine = new MachineArguments();
        var command = new Command(
            Name,
            "Lets this machine read scans for a host on another, 'mhdnet run … --listen' or 'mhdnet tile … --listen', with the host's drop and work folders mounted here. Waits for the host where none is there, and joins again after each loss; Ctrl-C stops, and what the workers had goes back.")
        {
            name,
        };
        machine.All.ToList().ForEach(command.Add);
        command.SetAction((parsed, stop) => machine.IsGiven(parsed) ? machine.Run(parsed, stop) : Invoke());
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
        OomScore.Raise();
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
            throw new InputException("'mhdnet worker' without --join is started by 'mhdnet run' and 'mhdnet tile', which tell it on standard input what to do. Start one of these, or give --join HOST:PORT --cookie-file FILE to work for one on another machine.");
        }
    }
}
