using MhdNet.Training.Batches;

namespace MhdNet.Training.Trainer;

/// <summary>What passes between the trainer and the stream that feeds it. Each names its stream, so that what a stopped stream still sent is told apart.</summary>
internal static class EpochMessages
{
    /// <summary>The stream is there and waits for the first <see cref="Taken"/>.</summary>
    public sealed record Ready(int Stream);

    /// <summary>The next batch; the one after it is sent when this one is taken.</summary>
    public sealed record Next(int Stream, ReadBatch Batch);

    /// <summary>The trainer is through with the batch.</summary>
    public sealed record Taken
    {
        /// <summary>The one there is.</summary>
        public static Taken It { get; } = new();
    }

    /// <summary>There are no more.</summary>
    public sealed record Done(int Stream);

    /// <summary>The stream failed.</summary>
    public sealed record Failed(int Stream, Exception Error);
}
