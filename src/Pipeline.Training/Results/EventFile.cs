using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace MhdNet.Training.Results;

/// <summary>
/// TensorBoard's event file of one phase: a scalar for each loss, validation accuracy and loss, learning rate and speed of each epoch. A function of the rows, so that a
/// resumed run has each epoch once; only what is missing is appended, since TensorBoard follows a file while it grows. (TorchSharp's SummaryWriter gives no event its
/// time and cannot go on with a file; its messages are used.)
/// </summary>
public static class EventFile
{
    /// <summary>The file's name; TensorBoard looks for <c>tfevents</c>.</summary>
    public const string Name = "events.out.tfevents.mhdnet";

    /// <summary>Brings the file up to date.</summary>
    /// <param name="folder">The phase's folder; made where it is missing.</param>
    /// <param name="rows">All finished epochs of the phase; at least one.</param>
    public static void Write(string folder, IReadOnlyList<MetricsRow> rows)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        var wanted = Bytes(rows);
        var present = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (present.Length == 0 || !wanted.AsSpan().StartsWith(present))
        {
            // Nothing yet, a record cut short by a kill, or an epoch that is gone.
            DurableFile.Write(path, wanted);
            return;
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(wanted.AsSpan(present.Length));
        file.Flush(flushToDisk: true);
    }

    private static byte[] Bytes(IReadOnlyList<MetricsRow> rows)
    {
        using var bytes = new MemoryStream();
        Record(bytes, new Event { WallTime = Seconds(rows[0]), FileVersion = "brain.Event:2" });
        foreach (var row in rows)
        {
            var summary = new Summary();
            summary.Value.AddRange(Scalars(row).Select(scalar => new Summary.Types.Value { Tag = scalar.Tag, SimpleValue = (float)scalar.Value }));
            Record(bytes, new Event { WallTime = Seconds(row), Step = row.Epoch, Summary = summary });
        }

        return bytes.ToArray();
    }

    private static IEnumerable<(string Tag, double Value)> Scalars(MetricsRow row)
    {
        foreach (var (name, loss) in row.Losses.OrderBy(loss => loss.Key, StringComparer.Ordinal))
        {
            yield return ("train/" + name, loss);
        }

        if (row.ValidationMAcc is { } accuracy)
        {
            yield return ("validation/macc", accuracy);
        }

        if (row.ValidationLoss is { } validation)
        {
            yield return ("validation/loss", validation);
        }

        yield return ("learning_rate", row.LearningRate);
        yield return ("sequences_per_second", row.SequencesPerSecond);
    }

    /// <summary>One record: length, its checksum, the message, its checksum (TFRecord).</summary>
    private static void Record(MemoryStream into, Event message)
    {
        var data = message.ToByteArray();
        Span<byte> length = stackalloc byte[8];
        Span<byte> checksum = stackalloc byte[4];
        BinaryPrimitives.WriteInt64LittleEndian(length, data.Length);
        into.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Masked(length));
        into.Write(checksum);
        into.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Masked(data));
        into.Write(checksum);
    }

    /// <summary>CRC-32C, rotated and shifted as TFRecord wants it.</summary>
    internal static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8u;
    }

    private static double Seconds(MetricsRow row) => row.Finished.ToUnixTimeMilliseconds() / 1000.0;
}
