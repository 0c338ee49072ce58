using System.Threading.Channels;

namespace MhdNet.Tiling.Slides;

/// <summary>
/// Several readers of one slide, each used by one caller at a time and of use after an error: with a handle of its own, a damaged tile costs that tile and not its neighbours.
/// </summary>
public sealed class SlideReaders : IDisposable
{
    private readonly Func<ISlideReader> _open;
    private readonly Channel<ISlideReader?> _idle;

    /// <summary>Prepares the readers; each is opened when it is first needed.</summary>
    /// <param name="count">How many.</param>
    /// <param name="open">Opens the slide.</param>
    public SlideReaders(int count, Func<ISlideReader> open)
    {
        _open = open;
        _idle = Channel.CreateBounded<ISlideReader?>(count);
        for (var i = 0; i < count; i++)
        {
            _idle.Writer.TryWrite(null);
        }
    }

    /// <summary>Uses a reader on a pool thread, as soon as one is free.</summary>
    /// <exception cref="SlideException">The slide cannot be opened or read.</exception>
    public Task<T> Use<T>(Func<ISlideReader, T> read) => Use(read, failed: null);

    /// <summary>Uses a reader on a pool thread, as soon as one is free.</summary>
    /// <param name="read">The reading.</param>
    /// <param name="failed">What a failed opening or reading becomes; null: it is thrown.</param>
    /// <exception cref="SlideException">The slide cannot be opened or read, and <paramref name="failed"/> is null.</exception>
    public async Task<T> Use<T>(Func<ISlideReader, T> read, Func<SlideException, T>? failed)
    {
        var reader = await _idle.Reader.ReadAsync().ConfigureAwait(false);
        try
        {
            reader ??= await Task.Run(() => new ReopeningSlide(_open)).ConfigureAwait(false);
            return await Task.Run(() => read(reader)).ConfigureAwait(false);
        }
        catch (SlideException e) when (failed is not null)
        {
            return failed(e);
        }
        finally
        {
            if (!_idle.Writer.TryWrite(reader))
            {
                reader?.Dispose();
            }
        }
    }

    /// <summary>Closes the idle readers; one in use is closed when its caller is done.</summary>
    public void Dispose()
    {
        _idle.Writer.TryComplete();
        while (_idle.Reader.TryRead(out var reader))
        {
            reader?.Dispose();
        }
    }
}
