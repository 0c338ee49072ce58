using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Streams;

/// <summary>What an exception means for an item.</summary>
internal static class SlideFailure
{
    /// <summary>The reason; its sentence always names the slide.</summary>
    public static Reason Of(Job job, Exception error) => error switch
    {
        SlideException slide => slide.Reason,
        AggregateException { InnerException: { } inner } => Of(job, inner),
        IOException or UnauthorizedAccessException => new Reason(StoreFault.IsFull(error) ? StoreFault.Code(error) : "storage", $"{Name(job)} was read, but its result cannot be written: {error.Message} Check the free space and the rights of the work folder."),
        _ => new Reason("slide-error", $"{Name(job)}: {error.GetType().Name}: {error.Message}"),
    };

    private static string Name(Job job) => job.Files.Count > 0 ? job.Files[0] : job.Item.Value;
}
