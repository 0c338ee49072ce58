using System.Globalization;

namespace MhdNet.Host.Progress;

/// <summary>Lines with the time since the start: for logs and pipes.</summary>
/// <param name="output">Where to.</param>
/// <param name="time">The clock.</param>
public sealed class PlainView(TextWriter output, TimeProvider time) : IProgressView
{
    private readonly long _started = time.GetTimestamp();

    /// <inheritdoc/>
    public void Line(string text)
    {
        output.WriteLine($"[{time.GetElapsedTime(_started).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)}] {text}");
        output.Flush();
    }

    /// <inheritdoc/>
    public void Show(ProgressBoard board)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
