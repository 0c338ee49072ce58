using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MhdNet.Host.Status;

namespace MhdNet.Host.Tests.Status;

public class SameReasonTests
{
    [Fact]
    public void Puts_many_of_one_reason_together_and_leaves_few_alone()
    {
        string[] rows = ["a1", "b1", "a2", "a3", "b2", "a4", "none"];
        var groups = SameReason.Collapse(rows, row => row == "none" ? null : row[..1]);
        Assert.Equal(["a1", "b1", "b2", "none"], groups.Select(group => group.First));
        Assert.Equal(["a2", "a3", "a4"], groups[0].Others);
    }

    [Property]
    public Property No_row_is_lost_or_shown_twice() => Prop.ForAll<int[]>(rows =>
    {
        var numbered = rows.Select((code, place) => (Code: code % 4, Place: place)).ToList();
        var groups = SameReason.Collapse(numbered, row => row.Code == 0 ? null : row.Code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var all = groups.SelectMany(group => group.Others.Prepend(group.First)).Select(row => row.Place).Order();
        return all.SequenceEqual(Enumerable.Range(0, rows.Length));
    });
}
