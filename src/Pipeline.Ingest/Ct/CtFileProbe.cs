using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;

namespace MhdNet.Ingest.Ct;

/// <summary>Tells the drop folder which series a file belongs to, from the first kilobytes of its header.</summary>
/// <param name="reader">Reads the header.</param>
public sealed class CtFileProbe(IDicomReader reader) : IFileProbe
{
    /// <inheritdoc/>
    public ProbeResult Probe(string path)
    {
        var identity = reader.ReadIdentity(path);
        return identity switch
        {
            { Value: { SeriesInstanceUid.Length: > 0 } slice } => new ProbeResult.CtSlice(slice.PatientId, slice.SeriesInstanceUid, slice.SopInstanceUid),
            { Value: not null } => new ProbeResult.Neither(new Items.Reason("no-series", $"{path} is a DICOM file without a SeriesInstanceUID, so it belongs to no series. Export it again if it should.")),
            { Reason.Code: "not-dicom" } => ProbeResult.NotCtOrSlide(path),
            _ => new ProbeResult.Unreadable(identity.Reason!),
        };
    }
}
