using System.Buffers.Binary;
using System.Text;
using MhdNet.Training.Results;
using Tensorboard;

namespace MhdNet.Training.Tests.Results;

public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Checksums_are_those_of_the_format()
    {
        // CRC-32C of "123456789" is e3069283 (RFC 3720, B.4, and every catalogue of checksums); masked as TFRecord says.
        const uint crc = 0xe3069283;
        Assert.Equal(((crc >> 15) | (crc << 17)) + 0xa282ead8u, EventFile.Masked(Encoding.ASCII.GetBytes("123456789")));
    }

    [Fact]
    public void Every_epoch_is_an_event_with_its_time_and_its_scalars()
    {
        EventFile.Write(_folder.Path, [.. Enumerable.Range(1, 3).Select(Row)]);
        var events = Events();
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal([1L, 2, 3], events.Skip(1).Select(one => one.Step));
        Assert.Equal(Row(2).Finished.ToUnixTimeSeconds(), events[2].WallTime);
        var scalars = events[2].Summary.Value.ToDictionary(value => value.Tag, value => value.SimpleValue);
        Assert.Equal(new Dictionary<string, float>
        {
            ["train/loss"] = 0.5f, ["train/ce_R"] = 0.25f, ["validation/macc"] = 0.75f, ["validation/loss"] = 2f, ["learning_rate"] = 0.001f, ["sequences_per_second"] = 4f,
        }.OrderBy(pair => pair.Key), scalars.OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData(0)] // a kill before the first byte
    [InlineData(-1)] // whole
    [InlineData(-7)] // a record cut short
    [InlineData(11)]
    public void A_run_that_goes_on_has_each_epoch_once(int kept)
    {
        EventFile.Write(_folder.Path, [Row(1), Row(2)]);
        var path = _folder[EventFile.Name];
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(kept < 0 ? whole.Length + kept + 1 : kept)]);
        EventFile.Write(_folder.Path, [Row(1), Row(2), Row(3)]);
        Assert.Equal([0L, 1, 2, 3], Events().Select(one => one.Step));
        Assert.Equal(whole, File.ReadAllBytes(path)[..whole.Length]);

        EventFile.Write(_folder.Path, [Row(1)]); // a run whose last checkpoint is older than its events
        Assert.Equal([0L, 1], Events().Select(one => one.Step));
    }

    private static MetricsRow Row(int epoch) => new("teacher", epoch, new Dictionary<string, double> { ["loss"] = 1.0 / epoch, ["ce_R"] = 0.5 / epoch }, 0.75, 2, 3, 12, 4, 0, 0)
    {
        LearningRate = 0.001,
        Finished = DateTimeOffset.UnixEpoch.AddDays(20_000 + epoch),
    };

    private List<Event> Events()
    {
        var (bytes, at, events) = (File.ReadAllBytes(_folder[EventFile.Name]), 0, new List<Event>());
        while (at < bytes.Length)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(EventFile.Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            Assert.Equal(EventFile.Masked(bytes.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(Event.Parser.ParseFrom(bytes, at + 12, length));
            at += length + 16;
        }

        return events;
    }
}
