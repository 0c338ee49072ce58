using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Drop;

public class DropScanProperties
{
    private static readonly string[] Names =
    [
        "p1/a.dcm", "p1/s/b.dcm", "p1/s/c.dcm", "p2/c.dcm", "x.dcm", "y.dcm", "p1/slide.svs", "s_1.svs", "p1/m.mrxs", "p1/m/d.dat", "p1/m/Slidedat.ini",
        "p1/v.vms", "p1/v_map.jpg", "p1/w.wsi", "junk.txt", "p2/n.txt",
    ];

    [Property(MaxTest = 1000)]
    public Property Whatever_happens_in_between_the_end_is_that_of_one_clean_look() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ListOf().ToArbitrary(),
        script =>
        {
            var world = new World();
            foreach (var number in script)
            {
                Play(world, number);
            }

            world.Rest();
            var clean = new World();
            foreach (var file in world.Files.Values)
            {
                clean.Files[file.Path] = file;
            }

            clean.Done.UnionWith(world.Done);
            clean.Rest();
            Assert.Equal(Sorted(clean), Sorted(world));
            Assert.All(world.Ledger.Values.Where(item => item.Kind == ItemKind.Slide), item => Assert.Contains(world.LedgerFiles, file => file.Path == item.Path && file.Item == item.Id));
            Assert.All(world.LedgerFiles, file => Assert.True(file.Modified == world.Files[file.Path].Modified && world.Ledger.ContainsKey(file.Item!.Value)));
            Assert.All(world.Ledger.Values, item => Assert.IsNotType<Standing.Growing>(item.Standing));
        });

    [Property(MaxTest = 200)]
    public Property A_file_is_probed_once_in_each_form() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ListOf().ToArbitrary(),
        script =>
        {
            var world = new World();
            foreach (var number in script)
            {
                Play(world, number - (number % 10 == 9 ? 1 : 0));
            }

            world.Rest();
            world.Probed.Clear();
            world.Restart();
            world.Rest();
            Assert.Empty(world.Probed);
        });

    /// <summary>Which of several copies a slide is called by may depend on which was whole first; that it is one of its files is all that counts.</summary>
    private static IEnumerable<ItemObservation> Sorted(World world) =>
        world.Ledger.Values.OrderBy(item => item.Id.Value, StringComparer.Ordinal).Select(item => item.Kind == ItemKind.Slide ? item with { Path = "" } : item);

    private static void Play(World world, int number)
    {
        var (name, other, size) = (Names[number / 10 % 16], Names[number / 160 % 16], number / 2560 % 20);
        switch (number % 10)
        {
            case 0 or 1 or 2:
                world.Put(name, size);
                break;
            case 3:
                world.Files.Remove(name);
                break;
            case 4:
                world.Move(name, other);
                break;
            case 5:
                world.Look(1, lost: true);
                break;
            case 6:
                world.Restart();
                break;
            case 7:
                world.Done.Add(size > 10 ? "p1" : "p2/");
                break;
            default:
                world.Look(1 + (size % 4));
                break;
        }
    }
}
