using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>A process killed at each step, and another that goes on: every input ends once, as if nothing had happened.</summary>
public sealed class CrashTests : IDisposable
{
    private static readonly Lazy<IReadOnlyList<string>> Clean = new(() => Undisturbed(_ => { }));
    private static readonly Lazy<IReadOnlyList<string>> CleanAfterChange = new(() => Undisturbed(Change));

    private readonly Delivery _delivery = new();

    public void Dispose() => _delivery.Dispose();

    [Fact]
    public void Undisturbed_the_delivery_ends_as_it_should() => Assert.Equal(
        ["Done 2 ", "Done 3 ", "Quarantined 0 truncated", "Rejected 0 not-ct-or-slide", "Rejected 0 too-few-slices"],
        Clean.Value.Where(line => !line.Contains('/', StringComparison.Ordinal)).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("before-seen")]
    [InlineData("after-seen")]
    [InlineData("before-ready")]
    [InlineData("after-ready")]
    [InlineData("before-running")]
    [InlineData("after-running")]
    [InlineData("after-running:3")]
    [InlineData("staged")]
    [InlineData("staged:2")]
    [InlineData("complete")]
    [InlineData("pictured")]
    [InlineData("removed")]
    [InlineData("renamed")]
    [InlineData("renamed:2")]
    [InlineData("before-done")]
    [InlineData("after-done")]
    [InlineData("before-rejected")]
    [InlineData("after-rejected")]
    [InlineData("before-quarantined")]
    [InlineData("after-quarantined")]
    public void Killed_at_one_step_the_next_process_goes_on(string point)
    {
        Assert.Equal(137, _delivery.Ingest(point).Code);
        var (code, output) = _delivery.Ingest();
        Assert.True(code == 0, output);
        Assert.Equal(Clean.Value, _delivery.Result());
    }

    [Theory]
    [InlineData("before-running")]
    [InlineData("pictured")]
    [InlineData("removed")]
    [InlineData("renamed")]
    [InlineData("after-done")]
    public void Killed_while_new_content_supersedes_the_old_the_new_one_stands_alone(string point)
    {
        Assert.Equal(0, _delivery.Ingest().Code);
        Change(_delivery);
        Assert.Equal(137, _delivery.Ingest(point).Code);
        Assert.Equal(0, _delivery.Ingest().Code);
        Assert.Equal(CleanAfterChange.Value, _delivery.Result());
    }

    [Fact]
    public void A_request_cut_off_behind_its_effect_is_carried_out_again_and_does_no_harm()
    {
        Assert.Equal(0, _delivery.Ingest().Code);
        RetryRequest.Post(_delivery.Work, [ItemId.OfSeries("p2", "1.2.3")]);
        Assert.Equal(137, _delivery.Ingest("request").Code);
        Assert.Equal(0, _delivery.Ingest().Code);
        Assert.Equal(Clean.Value, _delivery.Result());
    }

    private static void Change(Delivery delivery)
    {
        delivery.Series("p1/ct", "1.2.1", 22);
        File.Delete(Path.Combine(delivery.Drop, "p2/ct/8.dcm"));
    }

    private static IReadOnlyList<string> Undisturbed(Action<Delivery> change)
    {
        using var delivery = new Delivery();
        change(delivery);
        Assert.Equal(0, delivery.Ingest().Code);
        return delivery.Result();
    }
}
