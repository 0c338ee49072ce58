using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>One item as it lies in the drop folder now.</summary>
/// <param name="Id">The item.</param>
/// <param name="Kind">CT series, slide or other file.</param>
/// <param name="Patient">The patient's id.</param>
/// <param name="Path">Relative to the drop folder, as in <see cref="ItemRecord"/>.</param>
/// <param name="Content">Fingerprint of names, sizes and times of its files; of a slide, of its content.</param>
/// <param name="Standing">Whether it is complete.</param>
public sealed record ItemObservation(ItemId Id, ItemKind Kind, string Patient, string Path, string Content, Standing Standing);
