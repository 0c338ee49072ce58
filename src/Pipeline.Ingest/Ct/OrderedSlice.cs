using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Ct;

/// <summary>A slice with its place in the stack.</summary>
/// <param name="Header">Its header.</param>
/// <param name="ZMm">Position along the normal, in mm; larger is closer to the head.</param>
public sealed record OrderedSlice(SliceHeader Header, double ZMm);
