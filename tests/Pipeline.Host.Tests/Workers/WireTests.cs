using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Machines;
using MhdNet.Host.Status;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Items;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Stains;

namespace MhdNet.Host.Tests.Workers;

public class WireTests : ActorTest
{
    private static readonly Job Job = new(new ItemId("P1-ct-0123456789"), ItemKind.Ct, "P 1 ü", ["/drop/a \"b\".dcm", "/drop/c.dcm"], 2) { Deaths = 1, Bytes = 1L << 40 };

    private readonly WireSerializer _serializer;

    public WireTests() => _serializer = new WireSerializer((ExtendedActorSystem)Sys);

    public static TheoryData<IWorkMessage> Messages => new(
    [
        new Register(1, "mhdnet 0.1.0", new WorkerId("1.1"), "token", 2),
        new Registered(),
        new Refused("why"),
        new Pull(new WorkerId("1.1"), 2, [1, 2]),
        new Assign(7, Job, null),
        new Assign(7, Job with { Headers = new byte[] { 0, 1, 255 } }, null),
        new Assign(8, Job, new TilingOrder(new SlideSettings { KnownMpp = new SlideMpp(0.5, 0.25), Level = 3, Stain = StainMethod.Macenko, MaskFile = "/m.geojson" }, "/tiles.csv")),
        new Finished(new WorkerId("1.1"), 7, new Outcome.Done(3, "note"), TimeSpan.FromSeconds(1.5)),
        new Finished(new WorkerId("1.1"), 7, new Outcome.Done(3), TimeSpan.FromSeconds(1.5)),
        new Finished(new WorkerId("1.1"), 7, new Outcome.Rejected(new Reason("no-tissue", "why")), TimeSpan.Zero),
        new Finished(new WorkerId("1.1"), 7, new Outcome.Failed(new Reason("io", "why")), TimeSpan.Zero),
        new Taken(7),
        new EndWork(),
        new Enlist(1, "mhdnet 0.1.0", "nodeb"),
        new Enlisted("/work", "mark", null, 1, 1L << 32, TimeSpan.FromSeconds(15), new CtSettings { Frames = 4 }, new SlideSettings { TargetMpp = 1 }),
        new Beat(3, [new PresentWorker(new WorkerId("1.1"), 2)], [new GoneWorker(new WorkerId("1.2"), EndCause.Overdue, new ProcessEnd(137, ["last", "words"]))], [new PartState("workers", "why")]),
        new Beaten(3),
        new Handed(new WorkerId("1.1"), new Assign(7, Job, null)),
        new Unreadable(new WorkerId("1.1"), 7, "/drop", "why"),
        new EndOne(new WorkerId("1.1"), EndCause.Unanswering),
        new Left(),
        new Left("why"),
    ]);

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_message_arrives_as_it_was_sent_and_its_word_is_no_type(IWorkMessage message)
    {
        var word = _serializer.Manifest(message);
        Assert.DoesNotContain(".", word, StringComparison.Ordinal);
        var bytes = _serializer.ToBinary(message);
        Assert.Equivalent(message, _serializer.FromBinary(bytes, word), strict: true);
        Assert.DoesNotContain("$type", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_of_fifty_thousand_files_fits_into_a_message()
    {
        var job = Job with { Files = [.. Enumerable.Range(0, 50_000).Select(i => $"/data/hospital/drop/P0001/CT thorax with a long name/series {i / 1000}/slice-{i:000000}.dcm")] };
        Assert.True(_serializer.ToBinary(new Assign(1, job, null)).Length < WorkCluster.Of("worker").GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size"));
    }

    [Theory]
    [InlineData("System.Diagnostics.Process, System", "{}")]
    [InlineData("assign/2", "{}")]
    [InlineData("pull/1", "no JSON")]
    [InlineData("finished/1", """{"Worker":{"Value":"1"},"Lease":1,"Outcome":["exploded",1,2],"Duration":"00:00:01"}""")]
    [InlineData("finished/1", """{"Worker":{"Value":"1"},"Lease":1,"Outcome":["done","x",2],"Duration":"00:00:01"}""")]
    public void What_is_no_message_is_not_made(string word, string json) =>
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(Encoding.UTF8.GetBytes(json), word));

    [Fact]
    public void A_register_of_a_later_version_with_further_fields_is_understood() => Assert.Equal(
        new Register(9, "mhdnet 9", new WorkerId("1.1"), "t", 1),
        _serializer.FromBinary("""{"Protocol":9,"Software":"mhdnet 9","Worker":{"Value":"1.1"},"Token":"t","Room":1,"New":[1]}"""u8.ToArray(), "register"));

    [Fact]
    public void Objects_without_a_form_of_their_own_neither_leave_nor_enter()
    {
        using var system = ActorSystem.Create("wire", ConfigurationFactory.ParseString("akka.actor.provider = local, akka.loglevel = OFF, akka.stdout-loglevel = OFF").WithFallback(WorkCluster.Of("host")));
        var serialization = ((ExtendedActorSystem)system).Serialization;
        Assert.IsType<WireSerializer>(serialization.FindSerializerFor(new Taken(1)));
        Assert.Throws<SerializationException>(() => serialization.FindSerializerFor(new Uri("http://x")).ToBinary(new Uri("http://x")));
        Assert.Throws<SerializationException>(() => serialization.Deserialize("""{"$type":"System.Uri, System","x":1}"""u8.ToArray(), serializerId: 1, manifest: "System.Uri, System"));
    }

    [Fact]
    public void Orders_are_one_line_and_come_back_whole()
    {
        var orders = new WorkerOrders("akka.ssl.tcp://x@127.0.0.1:1", "/user/d", new WorkerId("1.1"), "t", "-----BEGIN\nPEM\n", "/work", 1, 5, new CtSettings { Frames = 4, Missing = GeometryPolicy.Reject }, new SlideSettings { TargetMpp = 1 });
        Assert.DoesNotContain('\n', orders.ToLine());
        Assert.Equal(orders, WorkerOrders.Of(orders.ToLine()));
    }

    [Fact]
    public void Last_lines_are_few_and_short()
    {
        var lines = new LastLines(count: 2, length: 5);
        foreach (var line in (string[])["one", "", "two", "   at System.Threading.Thread.Start()", "three and more"])
        {
            lines.Add(line);
        }

        Assert.Equal(["two", "three …"], lines.Now());
    }
}
