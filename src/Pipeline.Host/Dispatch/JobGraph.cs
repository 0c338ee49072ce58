using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Dispatch;

/// <summary>The stream that does a job: from the item's files to committed sequences.</summary>
public delegate IRunnableGraph<Task<Outcome>> JobGraph(Job job);
