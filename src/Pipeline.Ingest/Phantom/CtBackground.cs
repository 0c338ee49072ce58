using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Phantom;

/// <summary>A real CT series into which synthetic lesions are blended.</summary>
/// <param name="Volume">Its slices, resized to 256x256 pixels.</param>
public sealed record CtBackground(CtVolume Volume)
{
    private const int Pixels = 256;
    private const int SkinHu = -300;

    /// <summary>Reads the largest CT series of a folder.</summary>
    /// <exception cref="InvalidDataException">No usable series; the message says why.</exception>
    public static CtBackground Load(string folder, IDicomReader reader)
    {
        var headers = Directory.EnumerateFiles(folder).Select(reader.ReadHeaders).Where(h => h.Ok).SelectMany(h => h.Value!).ToList();
        var largest = headers.GroupBy(h => h.SeriesInstanceUid).MaxBy(g => g.Count())
            ?? throw new InvalidDataException($"{folder}: no DICOM image in it. Name a folder with the files of one CT series.");
        var plan = SeriesPlan.Of([.. largest], new CtSettings());
        if (!plan.Ok)
        {
            throw new InvalidDataException(plan.Reason.Sentence);
        }

        var stack = plan.Value.Stack;
        var slices = stack.Slices.Select(s => reader.ReadPixels(s.Header)).Select(s => FrameResize.To(s.Value ?? throw new InvalidDataException(s.Reason!.Sentence), Pixels)).ToList();
        var first = stack.Slices[0].Header;
        return new CtBackground(new CtVolume(new PhantomScan(slices.Count, Pixels, stack.Spacing.Median, first.Columns * first.PixelSpacing!.Value.Column), slices));
    }

    /// <summary>The body's middle in a slice and the skin in front of it, in mm from the middle of the field. Without a body in the slice: the middle.</summary>
    internal (double MiddleX, double FrontY) BodyAt(int slice)
    {
        var hu = Volume.Slices[slice];
        var body = Enumerable.Range(0, hu.Length).Where(i => hu[i] > SkinHu).ToList();
        if (body.Count == 0)
        {
            return (0, 0);
        }

        var column = (int)body.Average(i => i % Pixels);
        // Ten millimetres of tissue in a row are a body; a wire on the skin or a sheet above it is not.
        var run = Math.Max(1, (int)(10 / Volume.Scan.PixelMm));
        var front = Enumerable.Range(0, Pixels - run).FirstOrDefault(row => Enumerable.Range(row, run).All(r => hu[(r * Pixels) + column] > SkinHu));
        return (Volume.Scan.Mm(column), Volume.Scan.Mm(front));
    }
}
