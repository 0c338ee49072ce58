using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Dispatch;

/// <summary>A job in a worker's hands.</summary>
/// <param name="Number">Counts up; a job that is offered again has another.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="Job">The job.</param>
/// <param name="Begun">When it was handed out: a timestamp of the clock.</param>
/// <param name="Limit">Wall-clock time after which it counts as hung.</param>
internal sealed record Lease(long Number, WorkerId Worker, Job Job, long Begun, TimeSpan Limit);
