using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Training.Checkpoints;

namespace MhdNet.Training.Tests.Checkpoints;

public class SafetensorsTests
{
    private static readonly Dictionary<string, StoredTensor> Tensors = new()
    {
        ["a.weight"] = new(StoredType.F32, [2, 3], [.. Enumerable.Range(0, 24).Select(i => (byte)i)]),
        ["steps"] = new(StoredType.I64, [], [7, 0, 0, 0, 0, 0, 0, 0]),
        ["seen"] = new(StoredType.U8, [3], [1, 0, 1]),
    };

    [Property(MaxTest = 40)]
    public Property What_is_written_is_read_again() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var tensors = Enumerable.Range(0, random.Next(6)).ToDictionary(i => $"täg {i} \"quoted\"", _ =>
        {
            var type = (StoredType)random.Next(3);
            long[] shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(4))];
            var data = new byte[shape.Aggregate(1L, (a, b) => a * b) * StoredTensor.Size(type)];
            random.NextBytes(data);
            return new StoredTensor(type, shape, data);
        });
        using var folder = new TemporaryFolder();
        var metadata = new Dictionary<string, string> { ["options"] = "{\"a\": \"b\\n\"}" };
        Safetensors.Write(folder["x.safetensors"], metadata, tensors);

        var read = Safetensors.Read(folder["x.safetensors"]);

        var same = tensors.Count == read.Tensors.Count && tensors.All(t => read.Tensors[t.Key] is var r && r.Type == t.Value.Type && r.Shape.SequenceEqual(t.Value.Shape) && r.Data.AsSpan().SequenceEqual(t.Value.Data));
        return (same && read.Metadata["options"] == metadata["options"] && Directory.GetFiles(folder.Path).Length == 1).Label($"seed {seed}");
    });

    [Fact]
    public void Cut_anywhere_the_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder["whole"], new Dictionary<string, string>(), Tensors);
        var whole = File.ReadAllBytes(folder["whole"]);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut"], whole[..length]);

            var error = Assert.Throws<InvalidDataException>(() => Safetensors.Read(folder["cut"]));

            Assert.StartsWith(folder["cut"], error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damage_anywhere_in_the_data_is_found()
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder["whole"], new Dictionary<string, string>(), Tensors);
        var whole = File.ReadAllBytes(folder["whole"]);
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        for (var at = start; at < whole.Length; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 1;
            File.WriteAllBytes(folder["damaged"], damaged);

            var error = Assert.Throws<InvalidDataException>(() => Safetensors.Read(folder["damaged"]));

            Assert.StartsWith($"{folder["damaged"]} is damaged", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tensors_that_changed_names_are_found_and_tensors_in_another_order_are_not_damage()
    {
        using var folder = new TemporaryFolder();
        var tensors = new Dictionary<string, StoredTensor> { ["a"] = new(StoredType.U8, [2], [1, 2]), ["b"] = new(StoredType.U8, [2], [3, 4]) };
        Safetensors.Write(folder["x"], new Dictionary<string, string>(), tensors);
        var bytes = File.ReadAllBytes(folder["x"]);
        var header = Encoding.UTF8.GetString(bytes[8..^4]);

        File.WriteAllBytes(folder["swapped"], [.. bytes[..8], .. Encoding.UTF8.GetBytes(header.Replace("\"a\"", "\"?\"", StringComparison.Ordinal).Replace("\"b\"", "\"a\"", StringComparison.Ordinal).Replace("\"?\"", "\"b\"", StringComparison.Ordinal)), .. bytes[^4..]]);
        Assert.Contains("is damaged", Assert.Throws<InvalidDataException>(() => Safetensors.Read(folder["swapped"])).Message, StringComparison.Ordinal);

        var moved = header.Replace("[0,2]", "[?]", StringComparison.Ordinal).Replace("[2,4]", "[0,2]", StringComparison.Ordinal).Replace("[?]", "[2,4]", StringComparison.Ordinal);
        File.WriteAllBytes(folder["moved"], [.. bytes[..8], .. Encoding.UTF8.GetBytes(moved), 3, 4, 1, 2]);
        Assert.Equal<byte>([1, 2], Safetensors.Read(folder["moved"]).Tensors["a"].Data);
    }

    [Fact]
    public void A_file_without_a_hash_is_read_whatever_the_order_of_its_tensors()
    {
        using var folder = new TemporaryFolder();
        var header = Encoding.UTF8.GetBytes("""{"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""");
        File.WriteAllBytes(folder["x"], [.. BitConverter.GetBytes((long)header.Length), .. header, 1, 2, 3]);

        var read = Safetensors.Read(folder["x"]).Tensors;

        Assert.Equal<byte>([1, 2], read["a"].Data);
        Assert.Equal<byte>([3], read["b"].Data);
    }

    [Fact]
    public void Data_begins_at_a_multiple_of_eight()
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder["x"], new Dictionary<string, string> { ["k"] = "value" }, Tensors);

        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(folder["x"])) % 8);
    }

    [Theory]
    [InlineData("not a checkpoint at all", "is no safetensors file")]
    [InlineData("", "0 bytes")]
    public void A_foreign_file_is_refused(string content, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x"], content);

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Safetensors.Read(folder["x"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "should stand at 8 to 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "should stand at 0 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "should stand at 0 to 4")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}""", 4, "is of type BF16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape [-1]")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "not of the format's form")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,4]}}""", 4, "not of the format's form")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "names tensor 'a' twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 3, "2 bytes after its last tensor")]
    [InlineData("[1,2]", 0, "not of the format's form")]
    [InlineData("{", 0, "not of the format's form")]
    public void A_header_that_does_not_fit_its_data_is_refused(string header, int dataBytes, string message)
    {
        using var folder = new TemporaryFolder();
        var text = Encoding.UTF8.GetBytes(header.PadRight(2));
        File.WriteAllBytes(folder["x"], [.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[dataBytes]]);

        var error = Assert.Throws<InvalidDataException>(() => Safetensors.Read(folder["x"]));

        Assert.StartsWith(folder["x"], error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal($"{folder["none"]} is missing.", Assert.Throws<InvalidDataException>(() => Safetensors.Read(folder["none"])).Message);
        Assert.Throws<InvalidDataException>(() => Safetensors.ReadMetadata(folder["no/folder"]));
    }
}
