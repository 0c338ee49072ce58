using System.Globalization;

namespace MhdNet.Host.Batch;

/// <summary>How far a batch is. Pure.</summary>
/// <param name="Slides">Slides of the batch, without those found finished already.</param>
/// <param name="Ended">Of these, those that are finished now.</param>
/// <param name="Kept">Tiles kept so far.</param>
internal sealed record BatchProgress(int Slides, int Ended, long Kept)
{
    /// <summary>One more slide; one that was stopped before its end changes nothing.</summary>
    public BatchProgress With(BatchResult result) => !result.Ended ? this : result.Known ? this with { Slides = Slides - 1 } : this with { Ended = Ended + 1, Kept = Kept + (result.Counts?.Kept ?? 0) };

    /// <summary><c>3 of 10 slides, 12,345 tiles kept, 2,050 a second, 00:01:10 left</c>.</summary>
    /// <param name="elapsed">Time since the batch began.</param>
    public string Line(TimeSpan elapsed)
    {
        var left = Ended == 0 ? "" : $", {elapsed * ((Slides - Ended) / (double)Ended):hh\\:mm\\:ss} left";
        var kept = Kept == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Kept:N0} tiles kept, {Kept / Math.Max(0.001, elapsed.TotalSeconds):N0} a second");
        return string.Create(CultureInfo.InvariantCulture, $"{Ended} of {Slides} slides{kept}{left}");
    }
}
