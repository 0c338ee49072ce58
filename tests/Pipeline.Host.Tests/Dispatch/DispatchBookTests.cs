using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Tests.Dispatch;

public class DispatchBookTests
{
    private static readonly WorkerId One = new("1.1");
    private static readonly WorkerId Two = new("2.2");

    private readonly ManualClock _clock = new();
    private readonly DispatchBook _book;

    public DispatchBookTests() => _book = new DispatchBook(_clock, _ => TimeSpan.FromSeconds(60));

    [Fact]
    public void Wants_as_many_jobs_as_workers_asked_for()
    {
        _book.Enter(One, 2);
        Assert.Equal(0, _book.Wanted); // it has not asked
        _book.Ask(One, 2, []);
        Assert.Equal(2, _book.Wanted);
        var lease = Assert.Single(_book.Place([JobOf("a")]));
        Assert.Equal((One, "a"), (lease.Worker, lease.Job.Item.Value));
        Assert.Equal(1, _book.Wanted);
        _book.Ask(One, 2, [lease.Number]); // a second question does not make more room than there is
        Assert.Equal(1, _book.Wanted);
    }

    [Fact]
    public void A_worker_that_asks_again_and_again_stands_in_the_queue_once()
    {
        _book.Enter(One, 1);
        _book.Enter(Two, 1);
        for (var i = 0; i < 100; i++)
        {
            _book.Ask(One, 1, []);
            _book.Ask(Two, 1, []);
        }

        Assert.Equal(2, _book.Queued);
        Assert.Equal([One, Two], _book.Place([JobOf("a"), JobOf("b")]).Select(lease => lease.Worker));
        Assert.Equal(0, _book.Queued);
    }

    [Fact]
    public void A_lease_that_its_worker_says_nothing_of_is_handed_out_again_and_is_the_same()
    {
        _book.Enter(One, 1);
        _book.Ask(One, 1, []);
        var lease = Assert.Single(_book.Place([JobOf("a")]));
        Assert.Equal([lease], _book.Ask(One, 1, []));
        Assert.Empty(_book.Ask(One, 0, [lease.Number]));
    }

    [Fact]
    public void A_job_ends_once()
    {
        _book.Enter(One, 1);
        _book.Enter(Two, 1);
        _book.Ask(One, 1, []);
        var lease = Assert.Single(_book.Place([JobOf("a")]));
        Assert.Null(_book.End(Two, lease.Number)); // not its own
        Assert.Equal(lease, _book.End(One, lease.Number));
        Assert.Null(_book.End(One, lease.Number));
        Assert.Equal(0, _book.Wanted); // until the worker asks
    }

    [Fact]
    public void A_worker_that_leaves_leaves_its_jobs()
    {
        _book.Enter(One, 2);
        _book.Ask(One, 2, []);
        var leases = _book.Place([JobOf("a"), JobOf("b")]);
        Assert.Equal(leases, _book.Leave(One));
        Assert.Equal(0, _book.Wanted);
        Assert.Empty(_book.Leases);
        Assert.Empty(_book.Leave(One));
    }

    [Fact]
    public void Leases_run_out()
    {
        _book.Enter(One, 1);
        _book.Ask(One, 1, []);
        var lease = Assert.Single(_book.Place([JobOf("a")]));
        _clock.Advance(59);
        Assert.Empty(_book.Overdue());
        _clock.Advance(1);
        Assert.Equal([lease], _book.Overdue());
    }

    [Fact]
    public void A_job_that_ended_a_worker_is_read_by_a_worker_with_no_other_and_none_is_given_to_that()
    {
        _book.Enter(One, 2);
        _book.Ask(One, 2, []);
        var innocent = Assert.Single(_book.Place([JobOf("innocent")]));
        Assert.Empty(_book.Place([JobOf("poison", deaths: 1)])); // the worker is not empty: it is kept free from now on
        Assert.Equal(0, _book.Wanted);
        Assert.NotNull(_book.End(One, innocent.Number));
        _book.Ask(One, 2, []);
        var alone = Assert.Single(_book.Place([]));
        Assert.Equal("poison", alone.Job.Item.Value);
        _book.Ask(One, 1, [alone.Number]);
        Assert.Equal(0, _book.Wanted);
        Assert.NotNull(_book.End(One, alone.Number));
        _book.Ask(One, 2, []);
        Assert.Equal(2, _book.Wanted);
    }

    [Fact]
    public void A_job_with_which_a_machine_was_lost_has_another_machine_to_itself_and_not_the_host_s()
    {
        Ask("1.1", "b/1.1", "b/2.2");
        var others = _book.Place([JobOf("x"), JobOf("y"), JobOf("z")]);
        Assert.Empty(_book.Place([JobOf("suspect", losses: 1)]));
        foreach (var lease in others)
        {
            Assert.NotNull(_book.End(lease.Worker, lease.Number));
        }

        _book.Ask(new WorkerId("1.1"), 1, []);
        Assert.Empty(_book.Place([])); // the host's machine is empty, and is not taken
        _book.Enter(new WorkerId("b/3.3"), 1); // a worker that comes to a machine that is kept
        _book.Ask(new WorkerId("b/3.3"), 1, []);
        var suspect = Assert.Single(_book.Place([]));
        Assert.Equal(("suspect", "b"), (suspect.Job.Item.Value, suspect.Worker.Machine));
        Ask("b/1.1", "b/2.2");
        Assert.Equal(1, _book.Wanted); // for the host's own worker
        Assert.Equal("1.1", Assert.Single(_book.Place([JobOf("w")])).Worker.Value);
        Assert.NotNull(_book.End(suspect.Worker, suspect.Number));
        Assert.Equal(2, _book.Wanted);
    }

    [Fact]
    public void Where_no_other_machine_comes_back_in_time_a_suspect_is_read_on_the_host_s_with_nothing_beside_it()
    {
        Ask("1.1", "2.2", "b/1.1");
        var there = _book.Place([JobOf("x"), JobOf("y"), JobOf("z")]);
        Assert.Empty(_book.Place([JobOf("suspect", losses: 1)])); // b is kept free for it
        _book.Leave(new WorkerId("b/1.1"));
        foreach (var lease in there.Where(lease => lease.Worker.Machine.Length == 0))
        {
            _book.End(lease.Worker, lease.Number);
        }

        Ask("1.1", "2.2");
        Assert.Equal(2, _book.Wanted); // meanwhile others are read
        Assert.Equal("w", Assert.Single(_book.Place([JobOf("w")])).Job.Item.Value);
        _clock.Advance(301);
        Assert.Empty(_book.Place([])); // it is kept free from now on
        Assert.Equal(0, _book.Wanted);
        foreach (var lease in _book.Leases.ToList())
        {
            _book.End(lease.Worker, lease.Number);
        }

        Ask("1.1", "2.2");
        Assert.Equal("suspect", Assert.Single(_book.Place([])).Job.Item.Value);
        Assert.Equal(0, _book.Wanted);
    }

    [Property(MaxTest = 300)]
    public Property Whatever_happens_no_job_is_lost_or_in_two_hands_and_no_worker_has_more_than_its_room() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ListOf(120).ToArbitrary(),
        script =>
        {
            var book = new DispatchBook(_clock, _ => TimeSpan.FromSeconds(60));
            var (given, held, ended, jobs, workers) = (new HashSet<string>(), new Dictionary<long, Lease>(), new HashSet<string>(), 0, 0);
            var capacity = new Dictionary<WorkerId, int>();
            void Take(IEnumerable<Lease> leases)
            {
                foreach (var lease in leases)
                {
                    Assert.True(capacity.ContainsKey(lease.Worker), "given to a worker that is gone");
                    Assert.True(held.TryAdd(lease.Number, lease));
                    Assert.DoesNotContain(lease.Job.Item.Value, ended);
                    var others = held.Values.Where(other => other.Worker == lease.Worker).ToList();
                    Assert.True(others.Count <= capacity[lease.Worker]);
                    Assert.True(others.Count == 1 || others.All(other => other.Job.Deaths == 0), "a suspect is not alone");
                    var beside = held.Values.Where(other => other.Worker.Machine == lease.Worker.Machine).ToList();
                    Assert.True(beside.Count == 1 || beside.All(other => other.Job.Losses == 0), "what may take a machine down is not alone there");
                    Assert.True(lease.Job.Losses == 0 || lease.Worker.Machine.Length > 0 || capacity.Keys.All(other => other.Machine.Length == 0), "the host's machine was taken while there is another");
                }

                Assert.Equal(held.Count, held.Values.Select(lease => lease.Job.Item).Distinct().Count());
            }

            foreach (var number in script)
            {
                var worker = capacity.Keys.ElementAtOrDefault(number / 8 % Math.Max(1, capacity.Count));
                switch (number % 8)
                {
                    case 0 when capacity.Count < 6:
                        var came = new WorkerId($"{(++workers % 3 == 0 ? "" : $"m{workers % 3}/")}{workers}.{workers}");
                        capacity.Add(came, 1 + (number / 8 % 3));
                        book.Enter(came, capacity[came]);
                        break;
                    case 1 when capacity.Count > 1:
                        var left = book.Leave(worker);
                        Assert.Equal(held.Values.Where(lease => lease.Worker == worker).Select(lease => lease.Number).Order(), left.Select(lease => lease.Number).Order());
                        capacity.Remove(worker);
                        foreach (var lease in left)
                        {
                            held.Remove(lease.Number);
                            given.Remove(lease.Job.Item.Value);
                        }

                        break;
                    case 2 or 3 or 4 when capacity.Count > 0:
                        var own = held.Values.Where(lease => lease.Worker == worker).Select(lease => lease.Number).ToList();
                        Assert.Empty(book.Ask(worker, capacity[worker] - own.Count, own));
                        Take(book.Place([]));
                        break;
                    case 5 or 6:
                        var wanted = Enumerable.Range(0, book.Wanted).Select(_ => JobOf($"j{++jobs}", deaths: number / 64 % 5 == 0 ? 1 : 0, losses: number / 512 % 6 == 0 ? 1 : 0)).ToList();
                        given.UnionWith(wanted.Select(job => job.Item.Value));
                        Take(book.Place(wanted));
                        break;
                    case 7 when held.Count > 0:
                        var done = held.Values.ElementAt(number / 8 % held.Count);
                        Assert.Equal(done, book.End(done.Worker, done.Number));
                        held.Remove(done.Number);
                        given.Remove(done.Job.Item.Value);
                        ended.Add(done.Job.Item.Value);
                        break;
                    default:
                        break;
                }

                Assert.Equal(given.Order(), held.Values.Select(lease => lease.Job.Item.Value).Concat(book.Alone.Select(job => job.Item.Value)).Order());
                Assert.Equal(held.Keys.Order(), book.Leases.Select(lease => lease.Number).Order());
            }

            _clock.Advance(DispatchBook.MachinePatience.TotalSeconds);

            // Whatever waits comes to its turn: as long as workers ask and jobs end, nothing is kept from anyone for ever.
            for (var round = 0; capacity.Count > 0 && given.Count > 0 && round < 2 * (jobs + 8); round++)
            {
                foreach (var lease in held.Values.ToList())
                {
                    Assert.NotNull(book.End(lease.Worker, lease.Number));
                    held.Remove(lease.Number);
                    given.Remove(lease.Job.Item.Value);
                    ended.Add(lease.Job.Item.Value);
                }

                foreach (var worker in capacity.Keys)
                {
                    var own = held.Values.Where(lease => lease.Worker == worker).Select(lease => lease.Number).ToList();
                    Assert.Empty(book.Ask(worker, capacity[worker] - own.Count, own));
                    Take(book.Place([]));
                }
            }

            Assert.True(capacity.Count == 0 || given.Count == 0, "something was never handed out");
            foreach (var worker in capacity.Keys)
            {
                book.Ask(worker, capacity[worker], []);
            }

            Assert.Equal(capacity.Count == 0 ? 0 : capacity.Values.Sum(), capacity.Count == 0 ? 0 : book.Wanted); // and nobody is kept free for nothing
        });

    private void Ask(params string[] workers)
    {
        foreach (var worker in workers)
        {
            _book.Enter(new WorkerId(worker), 1);
            _book.Ask(new WorkerId(worker), 1, []);
        }
    }

    private static Job JobOf(string item, int deaths = 0, int losses = 0) => new(new ItemId(item), ItemKind.Ct, "P1", ["/a.dcm"], 1) { Deaths = deaths, Losses = losses };
}
