using System.Diagnostics;

namespace MhdNet.Tests;

/// <summary>
/// Waits for what actors and other processes do, however busy the machine is. A wait fails when nothing of what is watched has moved for
/// minutes, never because a time is up that would do on a machine at rest; and after an hour in any case, because what goes round in
/// circles moves, too.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>For so long nothing may move.</summary>
    public static TimeSpan Standstill { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Waits until something is so.</summary>
    /// <param name="what">What is awaited, for who reads of a failure.</param>
    /// <param name="isSo">Whether it is so.</param>
    /// <param name="seen">What is watched, in words (<see cref="Seen"/>): as long as these change, something moves.</param>
    /// <exception cref="TimeoutException">Nothing moves any more.</exception>
    public static Task Until(string what, Func<bool> isSo, Func<string> seen) => Until(what, () => Task.FromResult(isSo()), seen);

    /// <inheritdoc cref="Until(string, Func{bool}, Func{string})"/>
    public static async Task Until(string what, Func<Task<bool>> isSo, Func<string> seen)
    {
        for (var watch = new Watch(what, seen); !await isSo(); await Task.Delay(Glance))
        {
            watch.Look();
        }
    }

    /// <summary>Waits until a task ends, and throws what it threw.</summary>
    /// <inheritdoc cref="Until(string, Func{bool}, Func{string})"/>
    public static async Task<T> For<T>(string what, Task<T> awaited, Func<string> seen)
    {
        for (var watch = new Watch(what, seen); await Task.WhenAny(awaited, Task.Delay(Look)) != awaited; watch.Look())
        {
        }

        return await awaited;
    }

    private sealed class Watch(string what, Func<string> seen)
    {
        private string _last = "";
        private long _looked = Stopwatch.GetTimestamp();
        private TimeSpan _still;
        private TimeSpan _all;

        public void Look()
        {
            var since = Stopwatch.GetElapsedTime(_looked);
            if (since < Patience.Look)
            {
                return;
            }

            _looked = Stopwatch.GetTimestamp();
            since = since < 5 * Patience.Look ? since : 5 * Patience.Look; // who could not look did not wait: the machine slept
            var now = seen();
            (_all, _still, _last) = (_all + since, now == _last ? _still + since : TimeSpan.Zero, now);
            if (_still > Standstill || _all > Longest)
            {
                var why = _still > Standstill
                    ? $"nothing moved for {Standstill.TotalMinutes:0} minutes"
                    : $"it did not come within {Longest.TotalMinutes:0} minutes";
                throw new TimeoutException($"Awaited: {what}; {why}. Last seen: {_last}");
            }
        }
    }
}
