using System.Text.Json;
using MhdNet.Ingest.Ct;
using MhdNet.Tiling.Slides;

namespace MhdNet.Host.Workers;

/// <summary>All that a worker process needs to know, one line of JSON on its standard input: secrets stand in no command line, environment or file.</summary>
/// <param name="Host">The host's address.</param>
/// <param name="Dispatcher">The path of the dispatcher there.</param>
/// <param name="Worker">The worker's name.</param>
/// <param name="Token">The secret that it registers with.</param>
/// <param name="Certificate">The certificate and key of this run, both ways, as PEM.</param>
/// <param name="WorkFolder">Where sequences go.</param>
/// <param name="Room">Jobs at the same time.</param>
/// <param name="MemoryLimit">Bytes that the process may use; 0: no limit.</param>
/// <param name="Ct">How CT series are read.</param>
/// <param name="Slides">How slides are read.</param>
public sealed record WorkerOrders(
    string Host, string Dispatcher, WorkerId Worker, string Token, string Certificate, string WorkFolder, int Room, long MemoryLimit, CtSettings Ct, SlideSettings Slides)
{
    /// <summary>One line.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, WireJson.Default.WorkerOrders);

    /// <summary>Reads the line.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static WorkerOrders Of(string line) => JsonSerializer.Deserialize(line, WireJson.Default.WorkerOrders) ?? throw new JsonException("no orders");
}
