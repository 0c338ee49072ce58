using System.Text;
using MhdNet.Ingest.Forgetting;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>A process killed at each step of forgetting a patient, and another that goes on: nothing of the patient is left, and everything of the others is.</summary>
public sealed class ForgetCrashTests : IDisposable
{
    private const string Patient = "QQZETAQQ";
    private static readonly Lazy<IReadOnlyList<string>> WithoutPatient = new(() =>
    {
        using var delivery = new Delivery();
        Assert.Equal(0, delivery.Ingest().Code);
        return delivery.Result();
    });

    private readonly Delivery _delivery = new();

    public void Dispose() => _delivery.Dispose();

    [Theory]
    [InlineData("forgetting")]
    [InlineData("erasing")]
    [InlineData("erasing:2")]
    [InlineData("erasing:3")]
    [InlineData("erased")]
    [InlineData("unlisted")]
    [InlineData("compacted")]
    [InlineData("request")]
    public void Killed_on_the_way_the_next_start_finishes_it(string point)
    {
        _delivery.Series($"{Patient}/ct", "1.2.9", 14);
        _delivery.Series($"{Patient}/other", "1.2.10", 9);
        Assert.Equal(0, _delivery.Ingest().Code);
        Assert.NotEmpty(Traces());
        Directory.Delete(Path.Combine(_delivery.Drop, Patient), recursive: true);
        ForgetRequest.Post(_delivery.Work, Patient);
        Assert.Equal(137, _delivery.Ingest(point).Code);

        // Opening the folder, which every start does, is enough; the request, which names the patient, goes when it is carried out.
        using (WorkFolder.Open(_delivery.Work, TimeProvider.System, out var found))
        {
            Assert.All(Traces(), trace => Assert.StartsWith("requests/", trace, StringComparison.Ordinal));
            Assert.Empty(found.Foreign);
        }

        Assert.Equal(0, _delivery.Ingest().Code);
        Assert.Empty(Traces());
        Assert.Equal(WithoutPatient.Value, _delivery.Result());
    }

    /// <summary>Files of the work folder that have the patient in their name or anywhere in their bytes.</summary>
    private string[] Traces() =>
    [
        .. Directory.EnumerateFileSystemEntries(_delivery.Work, "*", SearchOption.AllDirectories).Where(path => path.Contains(Patient, StringComparison.Ordinal)
            || (File.Exists(path) && Path.GetFileName(path) != ".lock" && File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Patient)) >= 0)).Select(path => Path.GetRelativePath(_delivery.Work, path)),
    ];
}
