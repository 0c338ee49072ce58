using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Akka.Serialization;
using MhdNet.Host.Machines;

namespace MhdNet.Host.Workers;

/// <summary>
/// The messages between host and workers as JSON. A message is known by a word and the version of the protocol, never by the name of a type: what is not in this table is not made, whoever asks.
/// </summary>
/// <param name="system">The actor system.</param>
public sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private static readonly (string Word, Type Type, JsonTypeInfo Form)[] Table =
    [
        ("register", typeof(Register), WireJson.Default.Register), // these three are the same in every version
        ("enlist", typeof(Enlist), WireJson.Default.Enlist),
        ("refused", typeof(Refused), WireJson.Default.Refused),
        ("registered/1", typeof(Registered), WireJson.Default.Registered),
        ("pull/1", typeof(Pull), WireJson.Default.Pull),
        ("assign/1", typeof(Assign), WireJson.Default.Assign),
        ("finished/1", typeof(Finished), WireJson.Default.Finished),
        ("taken/1", typeof(Taken), WireJson.Default.Taken),
        ("end-work/1", typeof(EndWork), WireJson.Default.EndWork),
        ("enlisted/1", typeof(Enlisted), WireJson.Default.Enlisted),
        ("beat/2", typeof(Beat), WireJson.Default.Beat),
        ("beaten/1", typeof(Beaten), WireJson.Default.Beaten),
        ("handed/1", typeof(Handed), WireJson.Default.Handed),
        ("unreadable/1", typeof(Unreadable), WireJson.Default.Unreadable),
        ("end-one/1", typeof(EndOne), WireJson.Default.EndOne),
        ("left/2", typeof(Left), WireJson.Default.Left),
    ];

    private static readonly Dictionary<string, JsonTypeInfo> Forms = Table.ToDictionary(row => row.Word, row => row.Form);
    private static readonly Dictionary<Type, string> Words = Table.ToDictionary(row => row.Type, row => row.Word);

    /// <inheritdoc/>
    public override int Identifier => 7301;

    /// <inheritdoc/>
    public override string Manifest(object o) => Words.GetValueOrDefault(o.GetType()) ?? throw new SerializationException($"{o.GetType().Name} is no message between host and workers");

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => JsonSerializer.SerializeToUtf8Bytes(obj, Forms[Manifest(obj)]);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return Forms.TryGetValue(manifest, out var form)
                ? JsonSerializer.Deserialize(bytes, form) ?? throw new SerializationException($"'{manifest}' is empty")
                : throw new SerializationException($"'{manifest}' is no message that this version knows");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new SerializationException($"'{manifest}' has another form: {e.Message}", e);
        }
    }
}
