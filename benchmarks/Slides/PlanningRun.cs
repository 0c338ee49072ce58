using System.Diagnostics;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Benchmarks.Slides;

/// <summary>Dry runs of the same slide under different names, one for each core at a time, after two that do not count.</summary>
internal static class PlanningRun
{
    private const int Runs = 24;

    public static async Task<string> Measure(string slide, string output)
    {
        using var system = ActorSystem.Create("benchmark", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var store = new SequenceStore(output);
        await Plan(2).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        await Plan(Runs).ConfigureAwait(false);
        return $"{clock.Elapsed.TotalSeconds:0.000} {Runs}";

        Task Plan(int runs) => Source.From(Enumerable.Range(0, runs))
            .SelectAsync(Environment.ProcessorCount, i => SlidePlanning.Plan(new Job(new ItemId($"plan-{i}"), ItemKind.Slide, "benchmark", [slide], 1), new SlideSettings(), store, Path.Combine(output, $"{i}.csv")).Run(materializer))
            .RunForeach(plan => _ = plan is Outcome.Done ? plan : throw new InvalidOperationException(plan.ToString()), materializer);
    }
}
