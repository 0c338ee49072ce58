using Akka.TestKit.Xunit2;

namespace MhdNet.Tests;

/// <summary>Tests with actors. They wait on messages, never on time; the limit is only for messages that never come, so it suits a busy machine.</summary>
public abstract class ActorTest : TestKit
{
    /// <summary>A system with that patience.</summary>
    protected ActorTest()
        : base("akka.test { default-timeout = 30s, single-expect-default = 30s }")
    {
    }
}
