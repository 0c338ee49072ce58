#if FO_DICOM
using FellowOakDicom.Imaging;
using FellowOakDicom.Imaging.Codec;
using Fo = FellowOakDicom;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// Pixels by fo-dicom, where its core reads them: uncompressed ones and RLE. The other compressed transfer syntaxes would need its
/// package of native codecs; our own decoders read them.
/// </summary>
public sealed class FoDicomReader : DicomReader
{
    private protected override Reading<SliceImage> Decode(SliceHeader header, WindowedFile file)
    {
        var syntax = Fo.DicomTransferSyntax.Lookup(Fo.DicomUID.Parse(header.TransferSyntax));
        if (syntax.IsEncapsulated && syntax != Fo.DicomTransferSyntax.RLELossless)
        {
            return base.Decode(header, file);
        }

        var stored = StoredPixels.Of(header);
        if (!stored.IsPossible)
        {
            return Undecodable(header, stored.Impossible);
        }

        if (header is { Place: { Native: not null, IsSwapped: true } place, BitsAllocated: 8 })
        {
            return new(NativeFrame.Read(header, file, place), null); // of frames with an odd number of bytes fo-dicom exchanges the wrong ones
        }

        try
        {
            file.Position = 0;
            var bytes = Frame(Fo.DicomFile.Open(file).Dataset, syntax, header.Frame);
            var length = header.Rows * header.Columns * header.BitsAllocated / 8;
            return bytes.Length < length
                ? Undecodable(header, $"it decodes to {bytes.Length} bytes instead of {length}")
                : new(new SliceImage(stored.ToHu(bytes.AsSpan(0, length), header), header.Rows, header.Columns), null);
        }
#pragma warning disable CA1031 // Its decoders throw whatever an index or a stream throws on broken bytes; the file is at fault.
        catch (Exception e) when (e is not (OutOfMemoryException or DicomFormatException))
#pragma warning restore CA1031
        {
            return Undecodable(header, $"fo-dicom gives up ({e.GetType().Name}: {e.Message.TrimEnd('.')})");
        }
    }

    private static byte[] Frame(Fo.DicomDataset image, Fo.DicomTransferSyntax syntax, int frame) => syntax.IsEncapsulated
        ? new DicomTranscoder(syntax, Fo.DicomTransferSyntax.ExplicitVRLittleEndian).DecodeFrame(image, frame).Data
        : DicomPixelData.Create(image).GetFrame(frame).Data;
}
#endif
