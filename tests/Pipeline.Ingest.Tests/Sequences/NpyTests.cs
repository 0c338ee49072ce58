using System.Text;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Sequences;

public class NpyTests
{
    /// <summary>Headers as NumPy 1.24 writes them with numpy.save: 128 bytes in all, spaces up to a line feed.</summary>
    public static TheoryData<int[], string> Headers => new()
    {
        { [24, 224, 224], "{'descr': '<i2', 'fortran_order': False, 'shape': (24, 224, 224), }" },
        { [3], "{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }" },
        { [], "{'descr': '<i2', 'fortran_order': False, 'shape': (), }" },
        { [2, 0], "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 0), }" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void The_header_is_that_of_NumPy_byte_for_byte(int[] shape, string header)
    {
        using var file = new MemoryStream();
        Npy.Write<short>(file, new short[shape.Aggregate(1, (a, b) => a * b)], shape);
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header.PadRight(117)), (byte)'\n'];
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(file.ToArray()[..128]));
    }

    [Fact]
    public void Every_type_is_read_as_it_was_written()
    {
        RoundTrip<short>([short.MinValue, -1, 0, 1, 2, short.MaxValue]);
        RoundTrip<byte>([0, 1, 2, 253, 254, 255]);
        RoundTrip<float>([0, -1.5f, float.NaN, float.Epsilon, float.MaxValue, float.NegativeInfinity]);
    }

    [Fact]
    public void Any_truncation_is_refused()
    {
        using var whole = new MemoryStream();
        Npy.Write<short>(whole, [1, 2, 3, 4, 5, 6], 2, 3);
        for (var length = 0; length < whole.Length; length++)
        {
            using var cut = new MemoryStream(whole.ToArray()[..length]);
            Assert.Throws<InvalidDataException>(() => Npy.Read<short>(cut));
        }
    }

    [Fact]
    public void Another_type_or_shape_is_refused()
    {
        using var file = new MemoryStream();
        Npy.Write<short>(file, [1, 2], 2);
        file.Position = 0;
        Assert.Contains("<i2", Assert.Throws<InvalidDataException>(() => Npy.Read<float>(file)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Npy.Write<short>(file, [1, 2], 3));
    }

    private static void RoundTrip<T>(T[] data)
        where T : unmanaged
    {
        using var file = new MemoryStream();
        Npy.Write<T>(file, data, 2, 3);
        file.Position = 0;
        var read = Npy.Read<T>(file);
        Assert.Equal(data, read.Data);
        Assert.Equal([2, 3], read.Shape);
    }
}
