using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Progress;
using MhdNet.Host.Runs;
using MhdNet.Host.Status;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Trainer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;

namespace MhdNet.Host.Hosting;

/// <summary>Runs a plan in this process until nothing is left to do or someone stops it.</summary>
internal static class PipelineHost
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);

    /// <summary>Runs.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostPlan plan, CancellationToken stop)
    {
        var ended = new TaskCompletionSource<Decision.End>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var view = View();
        using var host = Build(plan);
        await host.StartAsync(CancellationToken.None).ConfigureAwait(false);
        var system = host.Services.GetRequiredService<ActorSystem>();
        var actors = ActorWiring.Start(system, plan, view, end => ended.TrySetResult(end));
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(stopped.SetResult))
        {
            await Task.WhenAny(ended.Task, stopped.Task, system.WhenTerminated).ConfigureAwait(false);
        }

        var died = system.WhenTerminated.IsCompleted && !stopped.Task.IsCompleted;
        if (!ended.Task.IsCompleted && !died)
        {
            view.Line("stopping: the trainer ends its step, running jobs go back to the ledger");
            await Stop(system, actors).ConfigureAwait(false);
        }

        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        HostNote.Remove(plan.Work.FullPath);
        if (!ended.Task.IsCompleted)
        {
            view.Line(died ? $"the host ended by itself; {Path.Combine(plan.Work.FullPath, "logs")} says why, and the next start goes on from here" : "stopped; the next start goes on from here");
            return died || plan.Once ? ExitCode.Failed : ExitCode.Ok; // who watches is done when someone says so; --once is not
        }

        var end = await ended.Task.ConfigureAwait(false);
        view.Line(end.Sentence);
        return end.ExitCode;
    }

    /// <summary>Bars where a person watches, lines elsewhere.</summary>
    private static IProgressView View() => Console.IsOutputRedirected || !Spectre.Console.AnsiConsole.Profile.Capabilities.Interactive
        ? new PlainView(Console.Out, TimeProvider.System)
        : new BarView(Spectre.Console.AnsiConsole.Console, TimeProvider.System);

    private static IHost Build(HostPlan plan)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Information).AddSerilog(
            new LoggerConfiguration().WriteTo.File(
                Path.Combine(plan.Work.FullPath, "logs", "mhdnet-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 14, formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger(),
            dispose: true);
        builder.Services.AddAkka("mhdnet", akka => akka
            .AddHocon(plan.Config.WithFallback(TrainingSettings.Reference), HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            }));
        return builder.Build();
    }

    /// <summary>Stops intake and trainer in bounded time; what does not answer is set right at the next start.</summary>
    private static async Task Stop(ActorSystem system, ActorWiring actors)
    {
        try
        {
            await Task.WhenAll(
                actors.Dispatcher.IsNobody() ? Task.CompletedTask : actors.Dispatcher.Ask<DispatchStopped>(new StopDispatch(), StopPatience),
                actors.Director.Ask<DirectorStopped>(new StopDirector(), StopPatience)).ConfigureAwait(false);

            // The ledger's mailbox is in order: once this is answered, all of the above is on disk.
            await actors.Ledger.Ask<ItemCounts>(new CountItems(), StopPatience).ConfigureAwait(false);
        }
        catch (AskTimeoutException e)
        {
            system.Log.Warning(e, "Something did not stop within {0}; the next start sets it right", StopPatience);
        }
    }
}
