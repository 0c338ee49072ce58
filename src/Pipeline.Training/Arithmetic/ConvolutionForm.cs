namespace MhdNet.Training.Arithmetic;

/// <summary>How a kernel moves over its input.</summary>
/// <param name="Strides">One for each of the two or three dimensions.</param>
/// <param name="Padding">Zeros at both ends of each dimension.</param>
/// <param name="Groups">Parts of the channels that are convolved apart from each other.</param>
public sealed record ConvolutionForm(long[] Strides, long[] Padding, long Groups = 1)
{
    /// <summary>The same stride and padding in all three dimensions.</summary>
    public static ConvolutionForm Cubic(long stride, long padding, long groups = 1) => new([stride, stride, stride], [padding, padding, padding], groups);
}
