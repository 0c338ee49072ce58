using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>A process of its own that decodes files as a worker does: a path on each line of its standard input, and on its standard output what came of it. A decoder that crashes ends it.</summary>
internal static class DecodeChild
{
    public const string Word = "decode";
    private const int MostFrames = 3;

    public static int Run()
    {
        var reader = new DicomReader();
        while (Console.ReadLine() is { } path)
        {
            Console.WriteLine(Decode(reader, path));
        }

        return 0;
    }

    /// <summary><c>done</c>, the code of the reason, or the type of what was thrown.</summary>
    private static string Decode(DicomReader reader, string path)
    {
        try
        {
            var headers = reader.ReadHeaders(path);
            return !headers.Ok ? headers.Reason.Code
                : headers.Value.Take(MostFrames).Select(header => reader.ReadPixels(header).Reason?.Code).FirstOrDefault(code => code is not null) ?? "done";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.GetType().Name; // the stream around the reader makes "undecodable" of it
        }
    }
}
