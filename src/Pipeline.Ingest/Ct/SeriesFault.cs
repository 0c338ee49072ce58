using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ct;

/// <summary>Which reasons are worth another attempt.</summary>
public static class SeriesFault
{
    /// <summary>A file may still be growing, or not be filled yet, where its bytes make no sense: that fails, to be tried again. Another kind of scan it will not become: that is rejected.</summary>
    public static Outcome Outcome(Reason reason) => reason.Code is "truncated" or "unreadable" or "malformed" or "not-dicom" or "absurd-size" or "undecodable" or "changed" or "no-decoder"
        ? new Outcome.Failed(reason)
        : new Outcome.Rejected(reason);
}
