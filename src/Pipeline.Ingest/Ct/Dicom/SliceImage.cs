namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>One decoded slice.</summary>
/// <param name="Hu">Hounsfield units, row after row, at least -1024.</param>
/// <param name="Rows">Height in pixels.</param>
/// <param name="Columns">Width in pixels.</param>
public sealed record SliceImage(short[] Hu, int Rows, int Columns);
