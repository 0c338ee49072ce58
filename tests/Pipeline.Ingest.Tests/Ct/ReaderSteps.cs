using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Short forms of what tests ask of a reader.</summary>
internal static class ReaderSteps
{
    /// <summary>The header of the first or only frame.</summary>
    public static Reading<SliceHeader> ReadHeader(this IDicomReader reader, string path) =>
        reader.ReadHeaders(path) is var read && read.Ok ? new(read.Value[0], null) : new(null, read.Reason);

    /// <summary>Hounsfield units of one frame.</summary>
    public static short[] Hu(this IDicomReader reader, string path, int frame = 0)
    {
        var headers = reader.ReadHeaders(path);
        Assert.True(headers.Ok, headers.Reason?.ToString());
        var slice = reader.ReadPixels(headers.Value[frame]);
        Assert.True(slice.Ok, slice.Reason?.ToString());
        return slice.Value.Hu;
    }
}
