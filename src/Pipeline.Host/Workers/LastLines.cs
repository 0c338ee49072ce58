namespace MhdNet.Host.Workers;

/// <summary>The last lines of a text that may be endless, and of each line the beginning. Safe to use from several threads.</summary>
/// <param name="count">How many lines.</param>
/// <param name="length">How much of each, in characters.</param>
internal sealed class LastLines(int count = 12, int length = 300)
{
    private readonly Queue<string> _lines = new();

    private static readonly string[] Frames = ["   at System.", "   at Akka."];

    /// <summary>One more line; empty ones, and frames of a stack that are nobody's here, are not kept.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line) || Array.Exists(Frames, frame => line.StartsWith(frame, StringComparison.Ordinal)))
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line.Length > length ? line[..length] + " …" : line.TrimEnd());
            if (_lines.Count > count)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <summary>The lines now.</summary>
    public IReadOnlyList<string> Now()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }
}
