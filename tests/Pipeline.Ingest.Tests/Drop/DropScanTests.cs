using MhdNet.Ingest.Drop;
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
    public void An_empty_slide_is_refused_by_name_and_becomes_a_slide_when_it_grows()
    {
        var world = new World();
        world.Put("p1/a.svs", 0);
        world.Rest();
        Assert.IsType<Standing.Refused>(world.Only.Standing);
        world.Put("p1/a.svs", 10);
        world.Rest();
        Assert.Equal(("p1/a.svs", ItemKind.Slide), (world.Only.Path, world.Only.Kind));
        Assert.IsType<Standing.Complete>(world.Only.Standing);
    }

    [Fact]
    public void A_replaced_slide_opens_its_item_at_once_and_is_another_item_once_it_is_whole()
    {
        var world = new World();
        world.Put("p1/a.svs");
        world.Rest();
        var old = world.Only;
        Assert.IsType<Standing.Complete>(old.Standing);
        world.Put("p1/a.svs", 200);
        world.Look();
        Assert.Equal((old.Id, typeof(Standing.Growing)), (world.Only.Id, world.Only.Standing.GetType()));
        world.Rest();
        Assert.NotEqual(old.Id, world.Only.Id);
        Assert.IsType<Standing.Complete>(world.Only.Standing);
    }

    [Theory]
    [InlineData("p1/a.svs", "p1/b.svs")]
    [InlineData("p1/old.mrxs", "p1/new.mrxs")]
    public void A_slide_that_was_renamed_or_touched_is_the_same_item(string name, string other)
    {
        var world = new World();
        Deliver(name);
        world.Rest();
        var item = world.Only;
        foreach (var file in world.Files.Keys.ToList())
        {
            world.Move(file, file.Replace(Path.GetFileNameWithoutExtension(name), Path.GetFileNameWithoutExtension(other), StringComparison.Ordinal));
        }

        world.Rest();
        Assert.Equal(item with { Path = other }, world.Only);
        Deliver(other);
        world.Rest();
        Assert.Equal(item with { Path = other }, world.Only);

        void Deliver(string slide)
        {
            world.Put(slide);
            if (SlideFiles.HasCompanions(slide))
            {
                world.Put(Path.ChangeExtension(slide, null) + "/Slidedat.ini", 7);
                world.Put(Path.ChangeExtension(slide, null) + "/Data0000.dat", 70);
            }
        }
    }

    [Fact]
    public void The_same_slide_under_two_names_counts_once_whatever_becomes_of_one_of_them()
    {
        var world = new World();
        world.Put("p1/b.svs");
        world.Rest();
        var item = world.Only;
        world.Put("p1/a.svs");
        world.Put("p1/deep/c.svs");
        world.Put("p2/a.svs"); // of another patient
        world.Rest();
        Assert.Equal([item with { Path = "p1/a.svs" }], world.Ledger.Values.Where(other => other.Patient == "p1"));
        Assert.Equal(2, world.Ledger.Count);
        world.Put("p1/a.svs", 200);
        world.Look();
        Assert.Equal(item, world.Ledger[item.Id]); // whole under its other names
        world.Rest();
        Assert.Equal(3, world.Ledger.Count);
        world.Files.Remove("p1/b.svs");
        world.Rest();
        Assert.Equal(item with { Path = "p1/deep/c.svs" }, world.Ledger[item.Id]);
    }

    [Fact]
    public void A_MIRAX_slide_of_which_a_file_changed_is_another_one()
    {
        var world = new World();
        world.Put("p1/m.mrxs");
        world.Put("p1/m/Data0000.dat", 70);
        world.Rest();
        var old = world.Only;
        world.Restart();
        world.Rest();
        Assert.Equal(old, world.Only);
        world.Put("p1/m/Data0000.dat", 80);
        world.Rest();
        Assert.NotEqual(old.Id, world.Only.Id);
        var longer = world.Only;
        world.Put("p1/m/Data0001.dat", 70);
        world.Rest();
        Assert.NotEqual(longer.Id, world.Only.Id);
    }

    [Fact]
    public void A_slide_that_an_earlier_version_knew_by_its_name_keeps_its_item()
    {
        var world = new World();
        var known = new ObservedFile("p1/a.svs", 100, World.Start, World.Start, 2);
        var id = ItemId.OfSlide("p1", "p1/a.svs");
        world.Files["p1/a.svs"] = new ListedFile(known.Path, known.Size, known.Modified);
        world.Resume([new FileRecord(known.Path, known.Size, known.Modified, new ProbeResult.Slide(""), 0, id)], [id]);
        world.Rest();
        Assert.Equal((id, DropItems.Fingerprint([known])), (world.Only.Id, world.Only.Content));
        Assert.Empty(world.Probed);
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

    [Theory]
    [InlineData(LinkKind.Outside, "leads out of the drop folder")]
    [InlineData(LinkKind.Folder, "links to folders are not followed")]
    [InlineData(LinkKind.Hidden, "hidden files and folders are passed over")]
    public void A_link_is_refused_by_name_and_says_where_it_leads(LinkKind kind, string why)
    {
        var world = new World();
        world.Files["p1/l"] = new("p1/l", 0, World.Start, kind);
        world.Rest();
        var sentence = Assert.IsType<Standing.Refused>(world.Only.Standing).Reason.Sentence;
        Assert.Contains("p1/l", sentence, StringComparison.Ordinal);
        Assert.Contains(why, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p2/m.mrxs", "p2/m/i.dat")]
    [InlineData("p2/v.vms", "p2/v_map.jpg")]
    public void A_further_file_of_a_slide_that_went_while_nobody_looked_makes_it_another_slide(string slide, string further)
    {
        var world = new World();
        world.Put(slide);
        world.Put(further);
        world.Rest();
        var whole = world.Only.Id;
        world.Files.Remove(further);
        world.Restart();
        world.Rest();
        Assert.NotEqual(whole, world.Only.Id);
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
        Assert.Equal("p1/n.txt", Assert.Single(MhdNet.Ingest.Drop.DropScan.ToProbe(again, world.Now, World.Settings)).File.Path);
    }
}
