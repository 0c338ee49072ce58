using Akka.Actor;
using Akka.Configuration;
using MhdNet.Host.Commands;
using MhdNet.Host.Progress;
using MhdNet.Training.Ablation;
using MhdNet.Training.Devices;
using MhdNet.Training.Phases;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Ablations;

/// <summary>Trains and measures the runs of an ablation in this process.</summary>
internal static class AblationHost
{
    /// <summary>Runs until all is done or someone stops it.</summary>
    /// <param name="plan">The runs.</param>
    /// <param name="store">Where they are.</param>
    /// <param name="report">Writes the tables.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="lanes">How many runs at the same time.</param>
    /// <param name="config">All settings.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(AblationPlan plan, AblationStore store, AblationReport report, ComputeDevice device, int lanes, Config config, CancellationToken stop)
    {
        var ended = new TaskCompletionSource<AblationEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var view = new PlainView(Console.Out, TimeProvider.System);
        using var system = ActorSystem.Create("mhdnet", Quiet.WithFallback(config).WithFallback(TrainingSettings.Reference));
        var titles = plan.Runs.ToDictionary(run => run.Name, run => run.Title, StringComparer.Ordinal);
        system.ActorOf(Props.Create(() => new ProgressActor(view, name => titles[name])), "progress");
        var owner = TrainerOwner.Props(new PhaseFactory(device), TrainingSettings.From(config), TimeProvider.System);
        IActorRef[] trainers = [.. Enumerable.Range(1, lanes).Select(lane => system.ActorOf(owner, $"trainer-{lane}"))];
        var director = system.ActorOf(Props.Create(() => new AblationDirector(plan, store, report, trainers, view, end => ended.TrySetResult(end))).WithDispatcher(TrainingSettings.Dispatcher), "ablation");
        await using (stop.Register(() => director.Tell(new StopAblation())))
        {
            await Task.WhenAny(ended.Task, system.WhenTerminated).ConfigureAwait(false);
        }

        await system.Terminate().ConfigureAwait(false);
        if (!ended.Task.IsCompleted)
        {
            throw new InputException("The ablation ended before its time; what is finished is kept, and the same command goes on.", ExitCode.Failed);
        }

        return Tell(await ended.Task.ConfigureAwait(false), report);
    }

    private static Config Quiet { get; } = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }");

    private static int Tell(AblationEnd end, AblationReport report)
    {
        Console.WriteLine();
        Console.WriteLine(end.Table.Markdown());
        Console.WriteLine($"written to {report.MarkdownFile} and {report.CsvFile}");
        if (end.Stopped)
        {
            Console.WriteLine("stopped; the same command goes on from here");
        }

        return end.Stopped || end.Failed > 0 ? ExitCode.Failed : ExitCode.Ok;
    }
}
