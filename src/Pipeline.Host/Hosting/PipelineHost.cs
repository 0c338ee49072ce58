using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Machines;
using MhdNet.Host.Progress;
using MhdNet.Host.Runs;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ledger;
using MhdNet.Tiling.Slides;
using MhdNet.Training.Trainer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;

namespace MhdNet.Host.Hosting;

/// <summary>Runs a plan in this process until nothing is left to do or someone stops it.</summary>
internal static class PipelineHost
{
    /// <summary>Runs.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostPlan plan, CancellationToken stop)
    {
        WorkLabels.Remember(plan);
        var ended = new TaskCompletionSource<Decision.End>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var view = View();
        using var certificate = plan.HasWorkerProcesses ? RunCertificate.Create() : null;
        using var gate = OpenGate(plan);
        using var host = Build(plan, certificate);
        await host.StartAsync(CancellationToken.None).ConfigureAwait(false);
        var system = host.Services.GetRequiredService<ActorSystem>();
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new ImpossibleWorkers(ended)), "impossible-workers"), typeof(WorkersImpossible));
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new SupersededHost(view)), "superseded"), typeof(Superseded));
        var actors = await ActorWiring.Start(system, plan, Fleet(system, plan, certificate), gate is null ? null : Machines(plan, gate), view, end => ended.TrySetResult(end)).ConfigureAwait(false);
        gate?.Strangers(() => system.Log.Warning("Someone without this host's cookie tried to join at {0} and was refused. A machine that should work for this host needs a copy of {1}.", plan.Listening!.Endpoint, plan.Listening.CookieFile));
        HostShutdown.Arrange(system, actors);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(stopped.SetResult))
        {
            await Task.WhenAny(ended.Task, stopped.Task, system.WhenTerminated).ConfigureAwait(false);
        }

        var died = system.WhenTerminated.IsCompleted && !stopped.Task.IsCompleted;
        if (!ended.Task.IsCompleted && !died)
        {
            view.Line("stopping: the trainer ends its step, running jobs go back to the ledger");
        }

        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
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

    private static Props? Fleet(ActorSystem system, HostPlan plan, RunCertificate? certificate)
    {
        if (plan.DropFolder is null)
        {
            return null;
        }

        var (ct, slides) = (CtSettings.From(plan.Config), SlideSettings.From(plan.Config.GetConfig("mhdnet.slides")));
        var dispatch = DispatchSettings.From(plan.Config.GetConfig("mhdnet.dispatch"));
        return certificate is null ? Fleets.InProcess(dispatch, plan.Work.Store, ct, slides) : Fleets.Processes(system, certificate, dispatch, plan.Work.FullPath, ct, slides);
    }

    private static Gate? OpenGate(HostPlan plan) => plan is { HasWorkerProcesses: true, Listening: { } listening }
        ? Gate.Open(listening, DispatchSettings.From(plan.Config.GetConfig("mhdnet.dispatch")).MachineLease)
        : null;

    private static Props Machines(HostPlan plan, Gate gate) => Fleets.Machines(
        gate, DispatchSettings.From(plan.Config.GetConfig("mhdnet.dispatch")), plan.Work, plan.DropFolder, CtSettings.From(plan.Config), SlideSettings.From(plan.Config.GetConfig("mhdnet.slides")));

    private static IHost Build(HostPlan plan, RunCertificate? certificate)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Information).AddSerilog(
            new LoggerConfiguration().WriteTo.File(
                Path.Combine(plan.Work.FullPath, "logs", "mhdnet-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 14, formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger(),
            dispose: true);
        builder.Services.AddAkka(certificate is null ? "mhdnet" : WorkCluster.NewName(), akka =>
        {
            akka.AddHocon(plan.Config.WithFallback(TrainingSettings.Reference), HoconAddMode.Prepend)
                .ConfigureLoggers(loggers =>
                {
                    loggers.ClearLoggers();
                    loggers.AddLoggerFactory();
                });
            if (certificate is not null)
            {
                akka.AddHocon(WorkCluster.Of(WorkCluster.HostRole), HoconAddMode.Prepend).AddSetup(certificate.Setup());
            }
        });
        return builder.Build();
    }

    /// <summary>Ends a host whose machine cannot run a worker.</summary>
    private sealed class ImpossibleWorkers : ReceiveActor
    {
        public ImpossibleWorkers(TaskCompletionSource<Decision.End> ended) =>
            Receive<WorkersImpossible>(impossible => ended.TrySetResult(new Decision.End(ExitCode.Environment, impossible.Sentence)));
    }

    /// <summary>Ends a host that another has taken the folder from: at once and without a word to the disk, where everything is the other's. Its workers end with it.</summary>
    private sealed class SupersededHost : ReceiveActor
    {
        public SupersededHost(IProgressView view) => Receive<Superseded>(superseded =>
        {
            view.Line(superseded.Sentence);
            Console.Out.Flush();
            NativeExit.Now(ExitCode.Failed); // the trainer may be in the middle of a step
        });
    }
}
