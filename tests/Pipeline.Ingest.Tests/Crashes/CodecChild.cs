using System.Globalization;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>
/// A process of its own that decodes code streams: a coding, rows, columns, bits and a path on each line of its standard input, and on its
/// standard output what came of it.
/// </summary>
internal static class CodecChild
{
    public const string Word = "decode-streams";

    public static int Run()
    {
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(Decode(line.Split(' ', 5)));
        }

        return 0;
    }

    /// <summary><c>done</c>, <c>refused</c> by our look at the headers, <c>undecodable</c> by the library, or what was thrown.</summary>
    private static string Decode(string[] words)
    {
        try
        {
            IFrameDecoder decoder = words[0] switch
            {
                "jpeg-ls" => new JpegLsDecoder(),
                "jpeg" => new JpegBaselineDecoder(),
                _ => new Jpeg2000Decoder(threads: 2),
            };
            int[] numbers = [.. words[1..4].Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
            var form = new FrameForm(numbers[0], numbers[1], numbers[2]);
            var decoded = decoder.Decode(File.ReadAllBytes(words[4]), form, new byte[form.Bytes]);
            return decoded.Wrong is null ? "done" : decoded.Precision == 0 ? "refused" : "undecodable";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.GetType().Name;
        }
    }
}
