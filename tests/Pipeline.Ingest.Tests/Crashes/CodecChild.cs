using System.Globalization;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>
/// A process of its own that decodes code streams: a coding, rows, columns, bits and a path on each line of its standard input, and on its
/// standard output what came of it, the processor's seconds and the memory in MiB that this took beyond the frame.
/// </summary>
internal static class CodecChild
{
    public const string Word = "decode-streams";

    public static int Run()
    {
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(Measured(line.Split(' ', 5)));
        }

        return 0;
    }

    private static string Measured(string[] words)
    {
        int[] numbers = [.. words[1..4].Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        var form = new FrameForm(numbers[0], numbers[1], numbers[2]);
        var (stream, pixels) = (File.ReadAllBytes(words[4]), new byte[form.Bytes]);
        File.WriteAllText("/proc/self/clear_refs", "5"); // the largest resident memory counts from here (proc(5))
        var (resident, processor) = (Status("VmRSS:"), Environment.CpuUsage.TotalTime);
        var end = Decode(words[0], stream, form, pixels);
        var (seconds, most) = ((Environment.CpuUsage.TotalTime - processor).TotalSeconds, Status("VmHWM:") - resident);
        return string.Create(CultureInfo.InvariantCulture, $"{end} {seconds:0.000} {most / 1024.0:0.0}");
    }

    /// <summary>Kibibytes of a line of <c>/proc/self/status</c>.</summary>
    private static int Status(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line[name.Length..^2], CultureInfo.InvariantCulture);
    }

    /// <summary><c>done</c>, <c>refused</c> by our look at the headers, <c>undecodable</c> by the library, or what was thrown.</summary>
    private static string Decode(string coding, byte[] stream, FrameForm form, byte[] pixels)
    {
        try
        {
            IFrameDecoder decoder = coding switch
            {
                "jpeg-ls" => new JpegLsDecoder(),
                "jpeg" => new JpegBaselineDecoder(),
                _ => new Jpeg2000Decoder(threads: 2),
            };
            var decoded = decoder.Decode(stream, form, pixels);
            return decoded.Wrong is null ? "done" : decoded.Precision == 0 ? "refused" : "undecodable";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.GetType().Name;
        }
    }
}
