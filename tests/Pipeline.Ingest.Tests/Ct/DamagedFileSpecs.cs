using Akka.Streams;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Real files of every transfer syntax, cut and with bytes changed at random: each ends in an outcome with a known code, and takes no more memory than a whole one may.</summary>
public sealed class DamagedFileSpecs : ActorTest
{
    private const int Rounds = 40;
    private const long MostMemory = 16 << 20;
    private readonly TemporaryFolder _work = new();
    private readonly CtSettings _settings = new() { Size = 16, Frames = 2, MinSlices = 1, TrimSuperior = 0, TrimInferior = 0 };

    public static TheoryData<string> Files => new(
        "transfer-syntaxes/CT1_UNC", "transfer-syntaxes/CT1_J2KR", "transfer-syntaxes/CT1_J2KI", "transfer-syntaxes/CT2_JLSL", "transfer-syntaxes/CT2_JLSN", "transfer-syntaxes/CT1_JPLL",
        "transfer-syntaxes/CT2_RLE", "transfer-syntaxes/CT1_derived_BigEndian.dcm", "transfer-syntaxes/CT1_derived_Deflated.dcm", "transfer-syntaxes/CT1_derived_ImplicitLE.dcm",
        "enhanced/eCT_Supplemental.dcm", "tilt/I10");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task A_damaged_file_ends_in_an_outcome(string name)
    {
        var whole = File.ReadAllBytes(Repository.Shared("data/ct/" + name));
        var random = new Random(name.Length);
        var reader = new DicomReader();
        HashSet<string> codes = [];
        for (var round = 0; round < Rounds; round++)
        {
            var path = _work[$"{round}.dcm"];
            File.WriteAllBytes(path, Damaged(whole, random, round));
            var before = GC.GetAllocatedBytesForCurrentThread();
            reader.ReadIdentity(path);
            reader.ReadHeaders(path);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
            var job = new Job(ItemId.OfSeries("P1", name), ItemKind.Ct, "P1", [path], 1);
            var outcome = await CtStream.Process(job, _settings, new SequenceStore(_work.Path), reader).Run(Sys.Materializer());
            codes.Add(outcome switch { Outcome.Done => "done", Outcome.Rejected rejected => rejected.Reason.Code, Outcome.Failed failed => failed.Reason.Code, _ => "?" });
            File.Delete(path);
        }

        Assert.True(codes.Count > 1, $"nothing but {string.Join(", ", codes)}");
        Assert.DoesNotContain("unexpected", codes);
        Assert.DoesNotContain("?", codes);
    }

    protected override void AfterAll()
    {
        Shutdown();
        base.AfterAll();
        _work.Dispose();
    }

    /// <summary>Cut, changed in the header, changed in a length or anywhere, or both.</summary>
    private static byte[] Damaged(byte[] whole, Random random, int round)
    {
        var bytes = whole.AsSpan(0, round % 4 == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
        for (var n = round % 5; n > 0 && bytes.Length > 140; n--)
        {
            bytes[random.Next(132, round % 3 == 0 ? bytes.Length : Math.Min(bytes.Length, 3000))] = (byte)random.Next(256);
        }

        return bytes;
    }
}
