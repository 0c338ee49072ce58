using System.Buffers.Binary;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>
/// Some write a whole JP2 file where the code stream alone belongs (PS3.5, A.4.4): its box is found in it (ITU-T T.800, annex I).
/// </summary>
internal static class Jpeg2000Boxes
{
    private const uint CodeStream = 0x6A70_3263;

    /// <summary>The code stream, itself or out of its box; what it was given where there is no such box.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> frame)
    {
        if (!frame.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ']))
        {
            return frame;
        }

        for (var rest = frame; rest.Length >= 8;)
        {
            ulong length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var head = 8;
            if (length == 1 && rest.Length >= 16)
            {
                (length, head) = (BinaryPrimitives.ReadUInt64BigEndian(rest[8..]), 16);
            }

            length = length == 0 || length > (ulong)rest.Length ? (ulong)rest.Length : length;
            if (length < (ulong)head)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt32BigEndian(rest[4..]) == CodeStream)
            {
                return rest[head..(int)length];
            }

            rest = rest[(int)length..];
        }

        return frame;
    }
}
