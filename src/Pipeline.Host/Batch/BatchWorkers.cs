using MhdNet.Host.Machines;

namespace MhdNet.Host.Batch;

/// <summary>Who tiles a batch.</summary>
/// <param name="Count">Slides at the same time.</param>
/// <param name="InProcess">In this process, for debugging; else each in a worker process.</param>
/// <param name="Listening">Where other machines may join; null: nowhere.</param>
internal sealed record BatchWorkers(int Count, bool InProcess = false, Listening? Listening = null);
