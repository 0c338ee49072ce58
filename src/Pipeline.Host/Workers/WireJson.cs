using System.Text.Json.Serialization;
using MhdNet.Host.Machines;

namespace MhdNet.Host.Workers;

/// <summary>How messages and orders become JSON: generated when the program is built, so that a worker need not look at types when it starts.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(OutcomeJson)])]
[JsonSerializable(typeof(WorkerOrders))]
[JsonSerializable(typeof(Ingest.Ct.RemainderPolicy), TypeInfoPropertyName = "CtRemainderPolicy")]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(Registered))]
[JsonSerializable(typeof(Refused))]
[JsonSerializable(typeof(Pull))]
[JsonSerializable(typeof(Assign))]
[JsonSerializable(typeof(Finished))]
[JsonSerializable(typeof(Taken))]
[JsonSerializable(typeof(EndWork))]
[JsonSerializable(typeof(Enlist))]
[JsonSerializable(typeof(Enlisted))]
[JsonSerializable(typeof(Beat))]
[JsonSerializable(typeof(Beaten))]
[JsonSerializable(typeof(Handed))]
[JsonSerializable(typeof(Unreadable))]
[JsonSerializable(typeof(EndOne))]
[JsonSerializable(typeof(Left))]
internal sealed partial class WireJson : JsonSerializerContext;
