using MhdNet.Tiling.Phantom;

namespace MhdNet.Tiling.Tests.Phantom;

public sealed class SlidePhantomTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        using var folder = new TemporaryFolder();
        var first = SlidePhantom.Write(folder["a.tif"], 1, 3, 5);
        var again = SlidePhantom.Write(folder["b.tif"], 1, 3, 5);
        var other = SlidePhantom.Write(folder["c.tif"], 1, 3, 6);
        Assert.Equal(File.ReadAllBytes(folder["a.tif"]), File.ReadAllBytes(folder["b.tif"]));
        Assert.NotEqual(File.ReadAllBytes(folder["a.tif"]), File.ReadAllBytes(folder["c.tif"]));
        Assert.Equal((first.Pattern, first.Nuclei, first.DenseShare), (again.Pattern, again.Nuclei, again.DenseShare));
        Assert.NotEqual(first.Pattern, other.Pattern);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(20)]
    public void Types_differ_more_than_patients_of_one_type(int types)
    {
        static bool Apart(double a, double b, double variation) => Math.Max(a / b, b / a) > (1 + variation) / (1 - variation);
        var rows = Enumerable.Range(0, types).Select(type => TissueDistribution.OfType(type, types)).ToList();
        var alike = from a in rows from b in rows
                    where a.Name != b.Name
                        && !Apart(a.NucleusUm, b.NucleusUm, 0.08) && !Apart(a.DensityPerMm2, b.DensityPerMm2, 0.12) && !Apart(a.Haematoxylin, b.Haematoxylin, 0.12)
                        && !Apart(a.Eosin, b.Eosin, 0.15) && !Apart(a.Aspect, b.Aspect, 0.08)
                    select $"{a.Name} and {b.Name}";
        Assert.Equal(types, rows.Select(row => row.Name).Distinct().Count());
        Assert.Empty(alike);
    }

    [SkippableFact]
    public void No_patch_serves_two_patients()
    {
        var pool = PatchPool.Open(Repository.Shared("data/patches/lc25000-lung-unique"), ["lung_scc", "lung_n", "lung_aca"]);
        Assert.EndsWith("lung_scc", pool.Folders[0], StringComparison.Ordinal);
        var shares = Enumerable.Range(0, 7).Select(patient => pool.Share(1, patient, 7)).ToList();
        Assert.Equal(249, shares.Sum(share => share.Count));
        Assert.Equal(249, shares.SelectMany(share => share).Distinct().Count());
    }

    [SkippableFact]
    public void Other_type_names_take_the_folders_in_alphabetical_order()
    {
        var folder = Repository.Shared("data/patches/lc25000-lung-unique");
        Assert.Equal(["lung_aca", "lung_n"], PatchPool.Open(folder, ["B3", "A"]).Folders.Select(sub => Path.GetFileName(sub)));
        Assert.Contains("4 types", Assert.Throws<InvalidDataException>(() => PatchPool.Open(folder, ["a", "b", "c", "d"])).Message, StringComparison.Ordinal);
    }
}
