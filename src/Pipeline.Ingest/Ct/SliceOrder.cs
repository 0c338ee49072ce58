using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Ct;

/// <summary>Puts slices in order by where they lie in the body. File names and the order of delivery play no part.</summary>
public static class SliceOrder
{
    /// <summary>Closer than this, two slices are at the same position. Scanners write positions with a hundredth of a millimetre or better.</summary>
    private const double SamePositionMm = 0.01;

    /// <summary>
    /// Sorts along the normal (the cross product of ImageOrientationPatient, turned to the head; PS3.3, C.7.6.2.1.1), superior first. Of slices with the same SOPInstanceUID
    /// or position, the one of the first acquisition stays.
    /// </summary>
    /// <param name="headers">Slices of one orientation, each with a position.</param>
    public static SliceStack Sort(IReadOnlyCollection<SliceHeader> headers)
    {
        if (headers.Count == 0)
        {
            return new SliceStack([], 0, 0, SliceSpacing.Of([]));
        }

        // The normal of one fixed slice for all: orientations agree only to rounding, and the result must not depend on the files' order.
        var normal = headers.MinBy(h => h.SopInstanceUid, StringComparer.Ordinal)!.Orientation!.Value.Normal;
        var sorted = headers
            .GroupBy(h => (h.SopInstanceUid, h.Frame), (_, same) => same.MinBy(h => h.Path, StringComparer.Ordinal)!)
            .Select(h => new OrderedSlice(h, h.Position!.Value.Dot(normal)))
            .OrderByDescending(s => s.ZMm)
            .ThenBy(s => s.Header.SopInstanceUid, StringComparer.Ordinal)
            .ThenBy(s => s.Header.Frame);
        var slices = new List<OrderedSlice>(headers.Count);
        var repeated = new HashSet<int>();
        foreach (var slice in sorted)
        {
            if (slices.Count == 0 || slices[^1].ZMm - slice.ZMm >= SamePositionMm)
            {
                slices.Add(slice);
            }
            else
            {
                repeated.Add(slices.Count);
                if (IsEarlier(slice.Header, slices[^1].Header))
                {
                    slices[^1] = slice with { ZMm = slices[^1].ZMm };
                }
            }
        }

        return new SliceStack(slices, headers.Count - slices.Count, repeated.Count, SliceSpacing.Of([.. slices.Select(s => s.ZMm)]));
    }

    private static bool IsEarlier(SliceHeader a, SliceHeader b) =>
        (a.AcquisitionNumber, a.TemporalPosition, a.InstanceNumber).CompareTo((b.AcquisitionNumber, b.TemporalPosition, b.InstanceNumber)) < 0;
}
