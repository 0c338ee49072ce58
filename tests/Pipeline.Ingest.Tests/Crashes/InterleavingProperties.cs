using Akka.Actor;
using Akka.TestKit.Xunit2;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Ingest.Sequences;
using MhdNet.Ingest.Tests.Drop;
using Outcome = MhdNet.Ingest.Items.Outcome;

namespace MhdNet.Ingest.Tests.Crashes;

/// <summary>
/// File events, jobs, crashes and restarts in any order, with the real ledger and store: in the end both are what one undisturbed scan makes of the same files, and what the files alone say must become of them.
/// </summary>
public sealed class InterleavingProperties : ActorTest
{
    private static readonly string[] Names = ["p1/a.dcm", "p1/b.dcm", "p1/s/c.dcm", "p2/d.svs", "p2/e.svs", "f_1.svs", "g.dcm", "p3/h.txt", "p2/m.mrxs", "p2/m/i.dat"];

    [Property(MaxTest = 50)]
    public Property However_it_came_about_the_end_is_that_of_one_clean_scan() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ListOf(60).ToArbitrary(),
        script =>
        {
            using var lived = new Life(this, new World());
            foreach (var number in script)
            {
                lived.Play(number);
            }

            lived.Finish();
            using var clean = new Life(this, new World());
            foreach (var file in lived.World.Files.Values)
            {
                clean.World.Files[file.Path] = file;
            }

            clean.Finish();

            // What was made of files that were deleted afterwards stays; a clean scan has never seen them.
            Assert.Equal(clean.Result(), lived.Result().Where(line => !line.IsOfVanished));
            Assert.Equal(Expected(lived.World.Files), clean.Result().Select(line => $"{line.Item} {line.State} {line.Sequences}").Order(StringComparer.Ordinal));
        });

    /// <summary>What must become of files, said without any of the code under test but the names of items.</summary>
    private static IEnumerable<string> Expected(Dictionary<string, ListedFile> files)
    {
        var ends = new HashSet<string>();
        foreach (var (path, file) in files)
        {
            var patient = path.Contains('/', StringComparison.Ordinal) ? path.Split('/')[0] : path.Split('_', '.')[0];
            var inside = files.TryGetValue("p2/m/i.dat", out var data) ? $"(i.dat, {data.Size})" : "";
            ends.Add(path switch
            {
                "p2/m/i.dat" when files.ContainsKey("p2/m.mrxs") => "",
                _ when file.Size % 10 == 9 => $"{ItemId.OfFile(patient, path)} {ItemState.Quarantined} 0",
                _ when path.EndsWith(".dcm", StringComparison.Ordinal) => $"{ItemId.OfSeries(path == "g.dcm" ? "id-of-header" : patient, "1.2.1")} {ItemState.Done} 1",
                _ when path.EndsWith(".svs", StringComparison.Ordinal) => $"{ItemId.OfContent(patient, $"{file.Size} ")} {ItemState.Done} 1",
                _ when path.EndsWith(".mrxs", StringComparison.Ordinal) => $"{ItemId.OfContent(patient, $"{file.Size} {inside}")} {ItemState.Done} 1",
                _ => $"{ItemId.OfFile(patient, path)} {ItemState.Rejected} 0",
            });
        }

        return ends.Where(end => end.Length > 0).Order(StringComparer.Ordinal);
    }

    /// <summary>One line of the result: an item, how it ended, and the content that its sequences were made of.</summary>
    private sealed record Line(string Item, ItemState State, int Sequences, string Content, string Stored, bool IsOfVanished)
    {
        public bool Equals(Line? other) => other is not null && (Item, State, Sequences, Content, Stored) == (other.Item, other.State, other.Sequences, other.Content, other.Stored);

        public override int GetHashCode() => Item.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>A work folder through all its crashes.</summary>
    private sealed class Life : IDisposable
    {
        private readonly TestKit _kit;
        private readonly TemporaryFolder _folder = new();
        private readonly ManualClock _clock = new();
        private readonly List<Job> _running = [];
        private readonly Dictionary<string, DateTimeOffset> _changed = [];
        private WorkFolder _work;
        private IActorRef _ledger;
        private DropState _state = DropState.Empty;
        private long _look;

        public Life(TestKit kit, World world)
        {
            (_kit, World) = (kit, world);
            (_work, _ledger) = Open();
        }

        public World World { get; }

        public void Dispose()
        {
            Stop();
            _folder.Dispose();
        }

        public void Play(int number)
        {
            var (name, other, size) = (Names[number / 10 % Names.Length], Names[number / 100 % Names.Length], number / 1000 % 20);
            switch (number % 10)
            {
                case 0 or 1:
                    World.Put(name, 1 + (2 * size)); // odd: one series a patient, and no empty file
                    _changed[name] = _clock.GetUtcNow();
                    break;
                case 2:
                    World.Files.Remove(name);
                    break;
                case 3:
                    World.Move(name, Path.GetExtension(name) == Path.GetExtension(other) ? other : name);
                    break;
                case 4 or 5:
                    Look(1 + (size % 6));
                    break;
                case 6:
                    Take();
                    break;
                case 7 or 8:
                    Work(size);
                    break;
                default:
                    Crash();
                    break;
            }
        }

        /// <summary>Looks and works until everything is final.</summary>
        public void Finish()
        {
            for (var round = 0; round < 60; round++)
            {
                Look(8);
                Take();
                while (_running.Count > 0)
                {
                    Work(19);
                }

                if (!_state.IsMoving && Ask<ItemCounts>(new CountItems()).AreFinal)
                {
                    return;
                }
            }

            Assert.Fail("the ledger does not come to rest");
        }

        public List<Line> Result()
        {
            var items = Ask<ItemList>(new GetItems()).Items;
            Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_work.FullPath, "staging")));
            AssertNoOrphans(items);
            return [.. items.Select(item => new Line(
                item.Id.Value, item.State, item.Sequences, item.Content,
                _work.Store.Contains(item.Id) ? _work.Store.ReadManifest<TileFrame, string>(item.Id).Source : "",
                !_state.Items.ContainsKey(item.Id)))];
        }

        /// <summary>What lies in the store is of finished items.</summary>
        private void AssertNoOrphans(IEnumerable<ItemRecord> items) => Assert.Empty(
            Directory.EnumerateDirectories(Path.Combine(_work.FullPath, "sequences")).Select(Path.GetFileName).Except(items.Where(item => item.State == ItemState.Done).Select(item => item.Id.Value)));

        private void Look(double seconds)
        {
            _clock.Advance(seconds);
            var now = _clock.GetUtcNow();
            var listing = new Listing([.. World.Files.Values], World.Done, World.Unlisted);
            _state = DropScan.Look(_state, listing, now, World.Settings);
            var due = DropScan.ToProbe(_state, now, World.Settings);
            Assert.All(due, order => Assert.True(now - _changed.GetValueOrDefault(order.File.Path) >= World.Settings.MinAge, $"{order.File.Path} is read while it may still grow"));
            _state = DropScan.Learn(_state, [.. due.Select(World.Answer)], now);
            var (next, news) = DropItems.Conclude(_state, listing, now, World.Settings);
            Ask<Stored>(new Observed(++_look, news.Files, news.FilesGone, news.Items, news.ItemsGone));
            var reopened = Ask<ItemList>(new GetItems(ItemState.Seen)).Items.Select(item => (item.Id, item.Path)).ToList();
            _state = next.Forget(reopened);
        }

        private void Take() => _running.AddRange(Ask<Jobs>(new TakeReady(1)).Items);

        /// <summary>A job gets as far as the number says: staged, committed and not reported, reported, failed; the content it reads is that of the moment.</summary>
        private void Work(int how)
        {
            if (_running.Count == 0)
            {
                return;
            }

            var job = _running[0];
            if (how > 15 && job.Attempt > 1)
            {
                // An answer of the attempt before comes late, and has no bearing on this one.
                Assert.Equal(ItemState.Running, Ask<ItemStored>(new JobFinished(job.Item, new Outcome.Done(1), TimeSpan.Zero, job.Attempt - 1)).Record?.State);
            }

            var content = Ask<ItemStored>(new GetItem(job.Item)).Record!.Content;
            if (content.Length == 0 || how < 3 || !job.Files.All(path => World.Files.ContainsKey(path["/drop/".Length..])))
            {
                Report(job, new Outcome.Failed(new Reason("unreadable", "gone")));
                return;
            }

            var writer = _work.Store.Stage(job.Item);
            var entry = new SequenceEntry<TileFrame>(writer.Add<byte>([[1, 2, 3]], 3), [new TileFrame(0, 0, 224, 1)]);
            if (how < 6)
            {
                Crash(); // staged, and nobody tidies up
                return;
            }

            writer.Commit(new Manifest<TileFrame, string>(job.Item.Value, job.Kind, job.Patient, Software.Name, [entry], content));
            if (how < 9)
            {
                Crash(); // in its place, and the ledger does not know
                return;
            }

            if (how < 12 && job.Files[0]["/drop/".Length..] is var name && World.Files.TryGetValue(name, out var file))
            {
                World.Put(name, file.Size + 10); // what was read is out of date before the ledger hears of it
                _changed[name] = _clock.GetUtcNow();
                Look(1);
            }

            Report(job, new Outcome.Done(1));
        }

        private void Report(Job job, Outcome outcome)
        {
            _running.Remove(job);
            Ask<ItemStored>(new JobFinished(job.Item, outcome, TimeSpan.Zero, job.Attempt));
        }

        private void Crash()
        {
            Stop();
            _running.Clear();
            (_work, _ledger) = Open();
            AssertNoOrphans(Ask<ItemList>(new GetItems()).Items);
            var known = Ask<Known>(new GetKnown());
            _state = DropState.Resume(known.Files, known.Items);
        }

        private (WorkFolder Work, IActorRef Ledger) Open()
        {
            var work = WorkFolder.Open(_folder["work"], _clock, out _);
            var rules = LedgerSettings.Default with { MaxAttempts = int.MaxValue };
            return (work, _kit.Sys.ActorOf(LedgerActor.Props(work.LedgerPath, new DropNames("/drop"), rules, _clock, work.Store)));
        }

        private void Stop()
        {
            Assert.True(_ledger.GracefulStop(Patience.Standstill).GetAwaiter().GetResult());
            _work.Dispose();
        }

        private T Ask<T>(object request) => _ledger.Ask<T>(request, Patience.Standstill).GetAwaiter().GetResult();
    }
}
