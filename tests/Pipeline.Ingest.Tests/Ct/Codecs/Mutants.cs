using System.Diagnostics;
using System.Globalization;
using MhdNet.Ingest.Ct.Codecs;

namespace MhdNet.Ingest.Tests.Ct.Codecs;

/// <summary>
/// Damaged code streams: each gives pixels or a sentence, in short time and with little memory. MHDNET_FUZZ_MUTANTS says how many.
/// </summary>
internal static class Mutants
{
    private const int Usual = 3000, Attempts = 5;
    private const long MostMemory = 64 << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <summary>Decodes mutants of the streams, in turns, of samples of 16 bits.</summary>
    public static void Check(IFrameDecoder decoder, byte[][] streams, Random random, int rows, int columns)
    {
        var asked = Environment.GetEnvironmentVariable("MHDNET_FUZZ_MUTANTS");
        var count = asked is null ? Usual : int.Parse(asked, CultureInfo.InvariantCulture);
        var pixels = new byte[2 * rows * columns];
        var (decoded, refused) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var mutant = Frames.Mutant(streams[i % streams.Length], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var wrong = Decode();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
            Assert.True(wrong is null || wrong.StartsWith("its ", StringComparison.Ordinal), wrong);

            // A busy machine may stop a thread for a second, but hardly each time.
            string? Decode()
            {
                for (var attempt = 1; ; attempt++)
                {
                    var clock = Stopwatch.StartNew();
                    var found = decoder.Decode(mutant, new FrameForm(rows, columns, 16), pixels).Wrong;
                    if (clock.Elapsed < MostTime)
                    {
                        return found;
                    }

                    Assert.True(attempt < Attempts, $"mutant {i} took {clock.Elapsed}");
                }
            }

            (decoded, refused) = wrong is null ? (decoded + 1, refused) : (decoded, refused + 1);
        }

        Assert.True(decoded > 0 && refused > 0, $"{decoded} decoded, {refused} refused");
    }
}
