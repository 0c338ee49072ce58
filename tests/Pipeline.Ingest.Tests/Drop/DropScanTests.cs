using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Drop;

public class DropScanTests
{
    [Fact]
    public void A_growing_file_is_not_probed_until_it_is_stable()
    {
        var world = new World();
        for (var size = 2; size < 12; size += 2)
        {
            world.Put("p1/a.dcm", size);
            world.Look();
        }

        Assert.Empty(world.Probed);
        Assert.Equal(1, world.News.Pending);
        world.Look();
        world.Look();
        Assert.Equal(["p1/a.dcm"], world.Probed);
    }

    [Fact]
    public void A_series_is_complete_after_the_quiet_period()
    {
        var world = new World();
        world.Put("p1/a.dcm");
        world.Put("p1/b.dcm");
        world.Look();
        world.Look();
        world.Look();
        Assert.IsType<Standing.Growing>(world.Only.Standing);
        Assert.Equal(("p1", "p1", ItemKind.Ct), (world.Only.Patient, world.Only.Path, world.Only.Kind));
        world.Look(3);
        Assert.IsType<Standing.Complete>(world.Only.Standing);
    }

    [Fact]
    public void A_slice_that_comes_late_opens_the_series_again()
    {
        var world = new World();
        world.Put("p1/a.dcm");
        world.Rest();
        var before = world.Only;
        world.Put("p1/s/b.dcm");
        world.Rest();
        Assert.Equal(before.Id, world.Only.Id);
        Assert.NotEqual(before.Content, world.Only.Content);
    }

    [Theory]
    [InlineData("")]
    [InlineData("p1")]
    [InlineData("p1/s")]
    public void A_done_file_in_or_above_the_folder_ends_the_wait(string folder)
    {
        var world = new World();
        world.Done.Add(folder);
        world.Put("p1/s/a.dcm");
        world.Put("p1/s/b.dcm");
        world.Look();
        world.Look(2);
        Assert.IsType<Standing.Complete>(world.Only.Standing);
    }

    [Fact]
    public void A_done_file_does_not_hide_slices_that_are_still_written()
    {
        var world = new World();
        world.Done.Add("p1");
        world.Put("p1/a.dcm");
        world.Look();
        world.Look(2);
        world.Put("p1/b.dcm");
        world.Look();
        Assert.IsType<Standing.Growing>(world.Only.Standing);
    }

    [Fact]
    public void A_large_series_is_not_complete_before_all_of_it_was_probed()
    {
        var world = new World();
        for (var i = 0; i < 4 * World.Settings.ProbeBatch; i++)
        {
            world.Put($"p1/{i}.dcm");
        }

        world.Look();
        world.Look(60);
        Assert.IsType<Standing.Growing>(world.Only.Standing);
        world.Rest();
        Assert.IsType<Standing.Complete>(world.Only.Standing);
    }

    [Fact]
    public void An_empty_file_waits_and_is_then_refused_and_taken_when_it_grows()
    {
        var world = new World();
        world.Put("p1/a.dcm", 0);
        world.Look();
        world.Look(3);
        Assert.Empty(world.Ledger);
        Assert.Equal(1, world.News.Pending);
        world.Rest();
        Assert.Equal("empty-file", Assert.IsType<Standing.Refused>(world.Only.Standing).Reason.Code);
        world.Put("p1/a.dcm", 10);
        world.Rest();
        Assert.Equal(ItemKind.Ct, world.Only.Kind);
        Assert.IsType<Standing.Complete>(world.Only.Standing);
    }

    [Fact]
    public void An_empty_slide_keeps_its_id_when_it_grows()
    {
        var world = new World();
        world.Put("p1/a.svs", 0);
        world.Rest();
        var empty = world.Only;
        Assert.IsType<Standing.Refused>(empty.Standing);
        world.Put("p1/a.svs", 10);
        world.Rest();
        Assert.Equal(empty.Id, world.Only.Id);
        Assert.IsType<Standing.Complete>(world.Only.Standing);
    }

    [Fact]
    public void A_replaced_file_opens_its_item_at_once()
    {
        var world = new World();
        world.Put("p1/a.svs");
        world.Rest();
        Assert.IsType<Standing.Complete>(world.Only.Standing);
        world.Put("p1/a.svs", 200);
        world.Look();
        Assert.IsType<Standing.Growing>(world.Only.Standing);
    }

    [Fact]
    public void A_MIRAX_folder_belongs_to_its_slide_even_if_it_came_first()
    {
        var world = new World();
        world.Put("p1/m/Data0001.dat");
        world.Put("p1/m/Slidedat.ini");
        world.Rest();
        Assert.Equal(2, world.Ledger.Count);
        world.Put("p1/m.mrxs");
        world.Rest();
        Assert.Equal(("p1/m.mrxs", ItemKind.Slide), (world.Only.Path, world.Only.Kind));
    }

    [Theory]
    [InlineData("s_1.svs", "s")]
    [InlineData("TCGA-05.TIF", "TCGA-05")]
    [InlineData("_x.ndpi", "_x")]
    [InlineData("p1/deep/er/s_1.svs", "p1")]
    [InlineData("x.dcm", "id-of-header")]
    [InlineData("notes_2.txt", "notes")]
    public void The_patient_is_the_first_folder_or_read_from_header_or_name(string path, string patient)
    {
        var world = new World();
        world.Put(path);
        world.Rest();
        Assert.Equal(patient, world.Only.Patient);
    }

    [Fact]
    public void A_series_of_nobody_is_refused_once()
    {
        var world = new World();
        world.Put("x.dcm", 108);
        world.Put("y.dcm", 108);
        world.Rest();
        Assert.Equal(".", world.Only.Path);
        Assert.Equal("no-patient", Assert.IsType<Standing.Refused>(world.Only.Standing).Reason.Code);
    }

    [Fact]
    public void An_unreadable_file_is_tried_three_times()
    {
        var world = new World();
        world.Put("p1/a.dcm", 109);
        world.Rest();
        Assert.Equal(3, world.Probed.Count);
        Assert.Equal("truncated", Assert.IsType<Standing.Unreadable>(world.Only.Standing).Reason.Code);
    }

    [Fact]
    public void Files_in_a_folder_that_cannot_be_listed_are_not_gone()
    {
        var world = new World();
        world.Put("p1/a.svs");
        world.Put("p2/b.svs");
        world.Rest();
        world.Unlisted["p1"] = "permission denied";
        world.Look();
        Assert.Equal(2, world.Ledger.Count);
        world.Unlisted.Clear();
        world.Files.Clear();
        world.Look();
        Assert.Empty(world.Ledger);
    }

    [Fact]
    public void A_link_out_of_the_folder_is_refused_by_name()
    {
        var world = new World();
        world.Files["p1/l"] = new("p1/l", 0, World.Start, IsLink: true);
        world.Rest();
        Assert.Contains("p1/l", Assert.IsType<Standing.Refused>(world.Only.Standing).Reason.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_ledger_takes_up_again_is_told_and_probed_again()
    {
        var world = new World();
        world.Put("p1/n.txt");
        world.Rest();
        var item = world.Only;
        world.Probed.Clear();
        var again = world.State.Forget([(item.Id, item.Path)]);
        Assert.True(again.IsMoving);
        Assert.Null(again.Items[item.Id]);
        Assert.Equal("p1/n.txt", Assert.Single(MhdNet.Ingest.Drop.DropScan.ToProbe(again, world.Now, World.Settings)).Path);
    }
}
