using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>A slide that goes on after an error, which for OpenSlide is for good: the file is opened again for the next region. So a damaged place costs that place and not its neighbours. For one thread at a time.</summary>
/// <param name="open">Opens the slide.</param>
public sealed class ReopeningSlide(Func<ISlideReader> open) : ISlideReader
{
    private ISlideReader _reader = open();
    private bool _failed;

    /// <inheritdoc/>
    public string Path => _reader.Path;

    /// <inheritdoc/>
    public IReadOnlyList<SlideLevel> Levels => _reader.Levels;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Properties => _reader.Properties;

    /// <inheritdoc/>
    public Mat ReadRegion(long x, long y, int level, int width, int height)
    {
        if (_failed)
        {
            var again = open();
            _reader.Dispose();
            (_reader, _failed) = (again, false);
        }

        try
        {
            return _reader.ReadRegion(x, y, level, width, height);
        }
        catch (SlideException)
        {
            _failed = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
