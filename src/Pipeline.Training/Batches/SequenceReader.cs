using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Options;

namespace MhdNet.Training.Batches;

/// <summary>Reads sequences from a work folder: CT int16 HU [T,H,W], slides uint8 RGB [T,H,W,3], resized to the options' size and normalised.</summary>
/// <param name="workFolder">The folder that the cohort's paths are relative to.</param>
/// <param name="options">Frames, size and window.</param>
public sealed class SequenceReader(string workFolder, MhdOptions options) : ISequenceReader
{
    /// <inheritdoc/>
    public SampleRead Read(PlannedSample sample)
    {
        var unreadable = new List<UnreadableSequence>();
        var ct = Guarded(sample.Ct.Path, path => Ct(path, sample.FlipCt), unreadable);
        var wsi = ct is null || sample.Slide is null ? null : Guarded(sample.Slide.Path, path => Slide(path, sample.FlipSlide), unreadable);
        return new SampleRead(sample, ct, wsi, unreadable);
    }

    private float[]? Guarded(string path, Func<string, float[]> read, List<UnreadableSequence> unreadable)
    {
        var full = Path.Combine(workFolder, path);
        try
        {
            return read(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException && FolderPresence.IsThere(workFolder)) // otherwise it says nothing of the sequence, and an epoch without it would be another
        {
            unreadable.Add(new UnreadableSequence(path, new Reason(
                e is FileNotFoundException or DirectoryNotFoundException ? "sequence-missing" : "sequence-unreadable",
                $"{full} cannot be used: {e.Message} Put its item back with 'mhdnet retry'.")));
            return null;
        }
    }

    private float[] Ct(string path, bool flip)
    {
        using var file = File.OpenRead(path);
        var array = Npy.Read<short>(file);
        var (height, width) = Expect(array.Shape, "[{0},H,W]", 3);
        var pixels = options.Size * options.Size;
        var ct = new float[options.Frames * pixels];
        var frame = new float[height * width];
        for (var t = 0; t < options.Frames; t++)
        {
            var stored = array.Data.AsSpan(t * frame.Length, frame.Length);
            for (var i = 0; i < frame.Length; i++)
            {
                frame[i] = stored[i];
            }

            FrameNorm.Ct(FrameSize.Square(frame, height, width, 1, options.Size), options.Size, options.WindowLow, options.WindowHigh, flip, ct.AsSpan(t * pixels, pixels));
        }

        return ct;
    }

    private float[] Slide(string path, bool flip)
    {
        using var file = File.OpenRead(path);
        var array = Npy.Read<byte>(file);
        var (height, width) = Expect(array.Shape, "[{0},H,W,3]", 4);
        var pixels = options.Size * options.Size;
        var wsi = new float[3 * options.Frames * pixels];
        var frame = new float[height * width * 3];
        for (var t = 0; t < options.Frames; t++)
        {
            var stored = array.Data.AsSpan(t * frame.Length, frame.Length);
            for (var i = 0; i < frame.Length; i++)
            {
                frame[i] = stored[i];
            }

            var resized = FrameSize.Square(frame, height, width, 3, options.Size);
            for (var colour = 0; colour < 3; colour++)
            {
                FrameNorm.Colour(resized, colour, options.Size, flip, wsi.AsSpan(((colour * options.Frames) + t) * pixels, pixels));
            }
        }

        return wsi;
    }

    private (int Height, int Width) Expect(int[] shape, string form, int dimensions) =>
        shape.Length == dimensions && shape[0] == options.Frames && shape.All(length => length > 0) && (dimensions == 3 || shape[3] == 3)
            ? (shape[1], shape[2])
            : throw new InvalidDataException($"its shape is [{string.Join(',', shape)}], not {string.Format(System.Globalization.CultureInfo.InvariantCulture, form, options.Frames)}.");
}
