using Akka.Streams.Dsl;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Dispatch;

/// <summary>The stream that does a job: from the item's files to committed sequences.</summary>
/// <param name="job">The job.</param>
/// <param name="tiling">How a slide is tiled, where that differs from the settings.</param>
public delegate IRunnableGraph<Task<Outcome>> JobGraph(Job job, TilingOrder? tiling);
