using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;

namespace MhdNet.Ingest.Ct;

/// <summary>Tells the drop folder which series a file belongs to, from its header.</summary>
/// <param name="reader">Reads the header.</param>
/// <param name="shelf">Where what was read waits for the series' job; null: the job reads again.</param>
public sealed class CtFileProbe(IDicomReader reader, HeaderShelf? shelf = null) : IFileProbe
{
    /// <inheritdoc/>
    public ProbeResult Probe(string path)
    {
        var identity = reader.ReadIdentity(path);
        if (identity.Value is { SeriesInstanceUid.Length: > 0, Headers: { } headers })
        {
            shelf?.Put(path, headers);
        }

        return identity switch
        {
            { Value: { SeriesInstanceUid.Length: > 0 } slice } => new ProbeResult.CtSlice(slice.PatientId, slice.SeriesInstanceUid, slice.SopInstanceUid),
            { Value: not null } => new ProbeResult.Neither(new Items.Reason("no-series", $"{path} is a DICOM file without a SeriesInstanceUID, so it belongs to no series. Export it again if it should.")),
            { Reason.Code: "not-dicom" } => ProbeResult.NotCtOrSlide(path),
            _ => new ProbeResult.Unreadable(identity.Reason!),
        };
    }
}
