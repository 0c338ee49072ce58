using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace MhdNet.Tests;

/// <summary>
/// Tests with actors. They wait on messages, never on time; the limit is only for messages that never come: nothing has moved for minutes.
/// </summary>
public abstract class ActorTest : TestKit
{
    private static readonly string Limit = FormattableString.Invariant($"{Patience.Standstill.TotalSeconds:0}s");
    private static readonly Config Limits = ConfigurationFactory.ParseString($$"""
        akka.test { default-timeout = {{Limit}}, single-expect-default = {{Limit}}, filter-leeway = {{Limit}} }
        akka.coordinated-shutdown.default-phase-timeout = {{Limit}}
        """);

    /// <summary>A system with that patience.</summary>
    protected ActorTest()
        : base(Limits)
    {
    }

    /// <summary>A system with that patience and further settings.</summary>
    protected ActorTest(Config settings)
        : base(Limits.WithFallback(settings))
    {
    }

    /// <summary>Waits until something that actors do outside of themselves is done.</summary>
    protected void Await(Func<bool> isSo) => AwaitCondition(isSo, Patience.Standstill, TimeSpan.FromMilliseconds(5));

    /// <summary>Ends the system. Folders are removed afterwards, so it is waited for, however long it takes.</summary>
    public override void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        base.Shutdown(duration ?? Patience.Standstill, verifySystemShutdown);
}
