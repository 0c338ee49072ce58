using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Forgetting;

/// <summary>A patient whom a host at work is to forget (<see cref="RequestFiles"/>).</summary>
/// <param name="Patient">The patient's id as the ledger has it.</param>
public sealed record ForgetRequest(string Patient)
{
    internal const string Kind = "forget";

    /// <summary>Leaves a request.</summary>
    /// <returns>The request's file.</returns>
    public static string Post(string workFolder, string patient) => RequestFiles.Post(workFolder, Kind, new ForgetRequest(patient));

    /// <summary>The patient of a request.</summary>
    /// <exception cref="InvalidDataException">The file is no request.</exception>
    public static string Read(string file) => RequestFiles.Read<ForgetRequest>(file).Patient ?? throw new InvalidDataException($"{file} names no patient. It is removed; give the command again.");
}
