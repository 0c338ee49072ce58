using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Dispatch;

/// <summary>What every worker does with a job, in whatever process it is.</summary>
internal static class JobGraphs
{
    /// <summary>The graph of CT series and slides.</summary>
    public static JobGraph Of(CtSettings ct, SlideSettings slides, SequenceStore store)
    {
        var reader = DicomLibrary.Reader();
        return (job, tiling) => job.Kind == ItemKind.Ct ? CtStream.Process(job, ct, store, reader)
            : tiling is null ? SlideStream.Process(job, slides, store)
            : tiling.PlanOnly ? SlidePlanning.Plan(job, tiling.Settings, store, tiling.TilesCsv)
            : SlideStream.Tile(job, tiling.Settings, store, tiling.TilesCsv);
    }
}
