using MhdNet.Training.Options;

namespace MhdNet.Training.Network;

/// <summary>Size of a stage's features: [N, Channels, Frames, Edge, Edge].</summary>
/// <param name="Channels">c_s.</param>
/// <param name="Frames">t_s.</param>
/// <param name="Edge">Height and width h_s.</param>
public sealed record StageShape(int Channels, int Frames, int Edge)
{
    /// <summary>Length of a memory item, D = c_s * t_s: one spatial pixel with its channels and frames merged.</summary>
    public int Depth => Channels * Frames;

    /// <summary>Spatial pixels of a sample, J = h_s * w_s.</summary>
    public int Pixels => Edge * Edge;

    /// <summary>
    /// The four stages of a network. The stem halves height and width by its convolution, then frames, height and width by its pooling; the stages 2
    /// to 4 double the channels and halve the rest, all rounding up.
    /// </summary>
    public static IReadOnlyList<StageShape> Of(MhdOptions options)
    {
        var shapes = new List<StageShape> { new(options.Width, Half(options.Frames), Half(Half(options.Size))) };
        while (shapes.Count < 4)
        {
            var last = shapes[^1];
            shapes.Add(new StageShape(2 * last.Channels, Half(last.Frames), Half(last.Edge)));
        }

        return shapes;
    }

    private static int Half(int length) => (length + 1) / 2;
}
