using System.Diagnostics.CodeAnalysis;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>What reading a file gave: its content, or the reason why there is none. Exactly one of the two is set.</summary>
/// <param name="Value">The content.</param>
/// <param name="Reason">Why not; the sentence names the file.</param>
public sealed record Reading<T>(T? Value, Reason? Reason)
    where T : class
{
    /// <summary>Whether there is content.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool Ok => Value is not null;
}
