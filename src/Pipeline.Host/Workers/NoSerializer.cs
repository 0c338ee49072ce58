using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace MhdNet.Host.Workers;

/// <summary>Stands where Akka has a serializer that makes any object whose type the sender names: nothing is sent or made by it.</summary>
/// <param name="system">The actor system.</param>
/// <param name="settings">What Akka's own serializer is given.</param>
public sealed class NoSerializer(ExtendedActorSystem system, Config settings) : Serializer(system)
{
    /// <summary>What Akka's own serializer is given; none of it matters here.</summary>
    public Config Settings { get; } = settings;

    /// <summary>The number of Akka's JSON serializer.</summary>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType().Name} must not leave this process: it has no form of its own");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("a message without a form of its own was refused");
}
