using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Tests.Drop;

public sealed class PseudonymTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Pseudonyms _pseudonyms = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_id_and_salt_give_the_same_name_another_salt_another()
    {
        Assert.Equal(_pseudonyms.Of("DOE"), _pseudonyms.Of("DOE"));
        Assert.NotEqual(_pseudonyms.Of("DOE"), new Pseudonyms(new byte[32]).Of("DOE"));
        Assert.Matches("^p[0-9a-f]{16}$", _pseudonyms.Of("DOE"));
        Assert.Equal("", _pseudonyms.Of(""));
    }

    [Fact]
    public void Whoever_owns_the_salt_finds_a_patient_with_ordinary_tools()
    {
        // As docs/drop-folder.md shows: printf 'patient\nDOE' | openssl dgst -sha256 -hmac "$(cat FILE)".
        File.WriteAllText(_folder["salt"], "0123456789abcdef\n");
        Assert.Equal("p" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("0123456789abcdef"u8, "patient\nDOE"u8))[..16], Pseudonyms.Read(_folder["salt"]).Of("DOE"));
    }

    [Fact]
    public void A_missing_or_short_salt_is_refused_with_advice()
    {
        Assert.Contains("urandom", Assert.Throws<InvalidDataException>(() => Pseudonyms.Read(_folder["salt"])).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["salt"], "short\n");
        Assert.Contains("5 bytes", Assert.Throws<InvalidDataException>(() => Pseudonyms.Read(_folder["salt"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_hidden_on_the_way_in_and_found_on_the_way_to_the_file()
    {
        Directory.CreateDirectory(_folder["DOE^JOHN/CT"]);
        File.WriteAllText(_folder["DOE^JOHN/CT/DOE^JOHN_1.dcm"], "1");
        File.WriteAllText(_folder["DOE_slide.svs"], "1");
        var names = new DropNames(_folder.Path, _pseudonyms);
        var shown = names.Shown(FolderListing.Read(_folder.Path)).Files.Select(file => file.Path).Order(StringComparer.Ordinal).ToList();
        Assert.All(shown, path => Assert.DoesNotContain("DOE", path, StringComparison.Ordinal));
        Assert.Equal([_pseudonyms.Of("DOE"), _pseudonyms.Of("DOE^JOHN")], shown.Select(Patients.OfName).Order(StringComparer.Ordinal).OrderBy(name => name != _pseudonyms.Of("DOE")));
        var another = new DropNames(_folder.Path, _pseudonyms); // as after a restart, before the first look
        Assert.All(shown, path => Assert.True(File.Exists(another.Absolute(path)), path));
        var slide = shown.Single(path => path.EndsWith(".svs", StringComparison.Ordinal));
        var reason = names.Shown(new Reason("x", $"{_folder["DOE^JOHN/CT/DOE^JOHN_1.dcm"]} and DOE_slide.svs are bad"), shown);
        Assert.Equal($"{_folder[shown.Single(path => path != slide)]} and {slide} are bad", reason.Sentence);
    }

    [Theory]
    [InlineData("DOE", "DOE/DOE_CT/a.dcm", "{0}/DOE/DOE_CT: all 24 images")]
    [InlineData("DOE", "DOE/xDOEx/DOE 2/a.dcm", "{0}/DOE/xDOEx/DOE 2: bad, and so is 'DOE 2'")]
    [InlineData("DOE", "DOE/a.mrxs", "{0}/DOE/a/DOEData.dat of DOE is missing")]
    [InlineData("DOE", "DOE_1.mrxs", "{0}/DOE_1/Data.dat is missing in DOE_1 of DOE")]
    [InlineData("Anna Adler", "Anna Adler/Anna Adler_CT/a.dcm", "cannot read '{0}/Anna Adler/Anna Adler_CT'")]
    public void No_folder_that_repeats_the_id_shows_it_in_a_sentence(string id, string path, string sentence)
    {
        var (names, shown) = Named(path);
        var said = names.Shown(new Reason("x", string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, _folder.Path)), [shown]).Sentence;
        Assert.DoesNotContain(id, said, StringComparison.Ordinal);
        Assert.Contains(_folder.Path + "/p", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_a_short_number_goes_from_paths_and_no_count_is_garbled()
    {
        var (names, shown) = Named("1/1_CT/IMG_0001.dcm");
        var said = names.Shown(new Reason("x", $"{_folder["1/1_CT"]}: 1 of 11 slices is bad: {_folder["1/1_CT/IMG_0001.dcm"]} and 1_CT/IMG_0001.dcm"), [shown]).Sentence;
        Assert.Equal($"{Path.GetDirectoryName(_folder[shown])}: 1 of 11 slices is bad: {_folder[shown]} and {shown[(shown.IndexOf('/', StringComparison.Ordinal) + 1)..]}", said);
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_does_not_show_the_id_that_it_repeats()
    {
        using var place = new TemporaryFolder();
        Directory.CreateSymbolicLink(place["drop"], _folder.Path);
        var listing = new Listing([], new HashSet<string>(), new Dictionary<string, string> { ["DOE/DOE_x"] = $"Access to the path '{_folder["DOE/DOE_x"]}' is denied." });
        var unlisted = Assert.Single(new DropNames(place["drop"], _pseudonyms).Shown(listing).Unlisted);
        var hidden = _pseudonyms.Of("DOE");
        Assert.Equal(($"{hidden}/{hidden}_x", $"Access to the path '{_folder[$"{hidden}/{hidden}_x"]}' is denied."), (unlisted.Key, unlisted.Value));
    }

    [Fact]
    public void Names_that_are_not_UTF8_are_hidden_too()
    {
        using var names = new NotUtf8(_folder.Path);
        Assert.Equal([_pseudonyms.Of("M\uFFFDller"), _pseudonyms.Of("p1") + "/a\uFFFD.dcm"], new DropNames(_folder.Path, _pseudonyms).Shown(FolderListing.Read(_folder.Path)).Misnamed.OrderBy(name => name.Length));
    }

    private (DropNames Names, string Shown) Named(string path)
    {
        var names = new DropNames(_folder.Path, _pseudonyms);
        return (names, Assert.Single(names.Shown(new Listing([new ListedFile(path, 1, DateTimeOffset.UnixEpoch)], new HashSet<string>(), new Dictionary<string, string>())).Files).Path);
    }

    [Fact]
    public void PatientID_of_a_header_is_kept_only_where_it_names_the_patient()
    {
        var slice = new ProbeResult.CtSlice("MRN-7", "1.2", "1.2.3");
        Assert.Equal(slice with { PatientId = "" }, new DropNames(_folder.Path).Shown("p1/a.dcm", slice));
        Assert.Equal(slice, new DropNames(_folder.Path).Shown("a.dcm", slice));
        Assert.Equal(slice with { PatientId = _pseudonyms.Of("MRN-7") }, new DropNames(_folder.Path, _pseudonyms).Shown("a.dcm", slice));
    }

    [Fact]
    public void A_work_folder_is_filled_with_plain_ids_or_with_those_of_one_salt()
    {
        using (var work = WorkFolder.Open(_folder["hidden"], new ManualClock(), out _))
        {
            PseudonymMark.Require(work, _pseudonyms);
            PseudonymMark.Require(work, _pseudonyms);
            Assert.Contains("holds pseudonyms", Assert.Throws<WorkFolderException>(() => PseudonymMark.Require(work, null)).Message, StringComparison.Ordinal);
            Assert.Contains("another salt", Assert.Throws<WorkFolderException>(() => PseudonymMark.Require(work, new Pseudonyms(new byte[16]))).Message, StringComparison.Ordinal);
        }

        using var plain = WorkFolder.Open(_folder["plain"], new ManualClock(), out _);
        PseudonymMark.Require(plain, null);
        using (var ledger = LedgerFile.Open(plain.LedgerPath))
        {
            ledger.Write(new ItemRecord(ItemId.OfSlide("p", "a"), ItemKind.Slide, "p", "a", ItemState.Seen));
        }

        Assert.Contains("plain patient ids", Assert.Throws<WorkFolderException>(() => PseudonymMark.Require(plain, _pseudonyms)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_copied_with_pseudonyms_and_without_foreign_columns()
    {
        File.WriteAllText(_folder["labels.csv"], "patient_id;name;type;tumor_slices\n DOE ;John Doe;B1;3-9\nROE;\"Roe; Jane\";;\n");
        LabelsMirror.Copy(_folder["labels.csv"], _folder["copy.csv"], _pseudonyms);
        Assert.Equal(["patient_id,type,tumor_slices", $"{_pseudonyms.Of("DOE")},B1,3-9", $"{_pseudonyms.Of("ROE")},,"], File.ReadAllLines(_folder["copy.csv"]));
    }
}
