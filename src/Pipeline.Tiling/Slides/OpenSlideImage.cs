using System.Buffers;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace MhdNet.Tiling.Slides;

/// <summary>
/// A slide read through OpenSlide. Reading is thread safe, but an error is for good: after one, every further call on the same
/// image fails, so whoever wants to go on opens the file again.
/// </summary>
public sealed unsafe class OpenSlideImage : ISlideReader
{
    /// <summary>The largest region read at once, in pixels: 64 M, 256 MB.</summary>
    public const int MaxRegionPixels = 1 << 26;

    private readonly SlideHandle _handle;

    private OpenSlideImage(string path, SlideHandle handle)
    {
        (Path, _handle) = (path, handle);
        ThrowOnError("open");
        Levels = ReadLevels();
        Properties = ReadProperties();
        ThrowOnError("read the properties of");
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SlideLevel> Levels { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>How many levels the pyramid has; at least 1.</summary>
    public int LevelCount => Levels.Count;

    /// <summary>Opens a slide.</summary>
    /// <exception cref="SlideException">Missing, no slide, unreadable, or OpenSlide is not installed.</exception>
    public static OpenSlideImage Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new SlideException("missing-file", $"{path} is not there (any more). Put the slide back.");
        }

        var handle = OpenNative(path);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            throw new SlideException("not-a-slide", $"{path} ({SlideFile.Length(path):N0} bytes) is not a slide that OpenSlide recognises. It may be another format, or cut short while it was copied: compare its size with the original and copy it again.");
        }

        try
        {
            return new OpenSlideImage(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Width and height of a level, in pixels of that level.</summary>
    public (long Width, long Height) GetLevelDimensions(int level) => (Levels[level].Width, Levels[level].Height);

    /// <summary>Level-0 pixels per pixel of a level.</summary>
    public double GetLevelDownsample(int level) => Levels[level].Downsample;

    /// <inheritdoc/>
    public Mat ReadRegion(long x, long y, int level, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, LevelCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, MaxRegionPixels, nameof(width));
        var buffer = ArrayPool<uint>.Shared.Rent(width * height);
        try
        {
            fixed (uint* pixels = buffer)
            {
                NativeOpenSlide.ReadRegion(_handle, pixels, x, y, level, width, height);
            }

            ThrowOnError($"read {width} x {height} pixels at ({x}, {y}), level {level}, of");
            return PremultipliedArgb.OverWhite(buffer, width, height);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static SlideHandle OpenNative(string path)
    {
        try
        {
            return NativeOpenSlide.Open(path);
        }
        catch (DllNotFoundException e)
        {
            throw OpenSlideLibrary.Missing(e);
        }
    }

    private SlideLevel[] ReadLevels()
    {
        var levels = new SlideLevel[NativeOpenSlide.GetLevelCount(_handle)];
        for (var level = 0; level < levels.Length; level++)
        {
            NativeOpenSlide.GetLevelDimensions(_handle, level, out var width, out var height);
            levels[level] = new SlideLevel(width, height, NativeOpenSlide.GetLevelDownsample(_handle, level)) { Stored = level };
        }

        return levels;
    }

    private Dictionary<string, string> ReadProperties()
    {
        var properties = new Dictionary<string, string>();
        for (var name = NativeOpenSlide.GetPropertyNames(_handle); *name != null; name++)
        {
            var value = Marshal.PtrToStringUTF8((nint)NativeOpenSlide.GetPropertyValue(_handle, *name));
            properties[Marshal.PtrToStringUTF8((nint)(*name))!] = value ?? "";
        }

        return properties;
    }

    private void ThrowOnError(string doing)
    {
        if (Marshal.PtrToStringUTF8((nint)NativeOpenSlide.GetError(_handle)) is { } error)
        {
            throw error.Contains("TIFFRGBAImageOK", StringComparison.Ordinal) ? PlainTiffImage.NoColours(Path, error)
                : new SlideException("unreadable-slide", $"OpenSlide cannot {doing} {Path}: {error}. The file may be damaged or cut short: compare its size with the original and copy it again.");
        }
    }
}
