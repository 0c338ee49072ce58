using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.Dispatch;

public class DeathRulesTests
{
    private static readonly WorkerId Worker = new("nodeB#2/1.1");

    [Fact]
    public void A_crash_is_laid_to_every_job_that_may_have_caused_it()
    {
        var news = Of(EndCause.ByItself, 139, 1, 2);
        Assert.All(news, one => Assert.Equal(("signal 11 (SIGSEGV), exit code 139", null), Assert.IsType<JobDied>(one).Death is var death ? (death.How, death.Limit) : default));
        Assert.Equal(["a", "b"], news.Cast<JobDied>().Select(died => died.Item.Value));
    }

    [Fact]
    public void A_job_that_took_too_long_is_to_blame_and_its_neighbour_is_not()
    {
        var news = Of(EndCause.Overdue, 137, 70, 2);
        var death = Assert.IsType<JobDied>(news[0]).Death;
        Assert.Contains("not finished after 60 s", death.How, StringComparison.Ordinal);
        Assert.Equal("mhdnet.dispatch.time-limit", death.Limit);
        Assert.Equal("b", Assert.IsType<JobReturned>(news[1]).Item.Value);
    }

    [Fact]
    public void What_the_host_itself_ended_is_nobody_s_fault() => Assert.All(Of(EndCause.Stopped, 137, 1, 2), one => Assert.IsType<JobReturned>(one));

    [Fact]
    public void With_a_machine_that_is_lost_everything_that_it_read_is_suspect()
    {
        var news = Of(EndCause.Lost, 0, 1, 2).Cast<JobLost>().ToList();
        Assert.Equal(["a", "b"], news.Select(lost => lost.Item.Value));
        Assert.All(news, lost => Assert.Equal("machine nodeB#2 was not heard of any more", lost.Loss.How));
    }

    [Fact]
    public void A_worker_over_its_memory_says_so()
    {
        var death = Assert.IsType<JobDied>(Of(EndCause.ByItself, WorkerExit.OutOfMemory, 1)[0]).Death;
        Assert.StartsWith("more memory than mhdnet.dispatch.memory-limit allows", death.How, StringComparison.Ordinal);
        Assert.Equal("mhdnet.dispatch.memory-limit", death.Limit);
    }

    private static IReadOnlyList<object> Of(EndCause cause, int exitCode, params double[] seconds) => DeathRules.Of(
        new WorkerEnding(Worker, cause, new ProcessEnd(exitCode, ["last words"])),
        [.. seconds.Select((_, i) => new Lease(i, Worker, new Job(new ItemId(((char)('a' + i)).ToString()), ItemKind.Ct, "P1", [], 1), 0, TimeSpan.FromSeconds(60)))],
        lease => TimeSpan.FromSeconds(seconds[lease.Number]));
}
