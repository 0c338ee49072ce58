using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace MhdNet.Host.Tests.Machines;

/// <summary>
/// Calls another system silent when it was asked several times, at moments apart from each other, and heard nothing in between. A system
/// that gets no processor for a while does not ask either, so a busy machine cuts nobody off.
/// </summary>
public sealed class SilenceDetector : FailureDetector
{
    private const int Silent = 4;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(700);
    private readonly TimeProvider _time = TimeProvider.System;
    private long _asked;
    private int _times;
    private bool _hasHeard;

    /// <summary>As Akka makes it.</summary>
    public SilenceDetector(Config config, EventStream events) => _ = (config, events);

    /// <inheritdoc/>
    public override bool IsMonitoring => _hasHeard;

    /// <inheritdoc/>
    public override bool IsAvailable
    {
        get
        {
            if (_hasHeard && _times < Silent && _time.GetElapsedTime(_asked) >= Apart)
            {
                (_asked, _times) = (_time.GetTimestamp(), _times + 1);
            }

            return _times < Silent;
        }
    }

    /// <inheritdoc/>
    public override void HeartBeat() => (_hasHeard, _times, _asked) = (true, 0, _time.GetTimestamp());
}
