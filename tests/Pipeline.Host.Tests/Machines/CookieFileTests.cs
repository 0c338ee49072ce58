using System.Diagnostics.CodeAnalysis;
using MhdNet.Host.Commands;
using MhdNet.Host.Machines;

namespace MhdNet.Host.Tests.Machines;

[SuppressMessage("Interoperability", "CA1416", Justification = "The program runs on Linux.")]
public sealed class CookieFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Cookie => _folder["cookie"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_owner_alone_may_read_it_and_a_copy_is_the_same_secret()
    {
        CookieFile.Create(Cookie);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Cookie));
        File.Copy(Cookie, _folder["copy"]);
        using var one = CookieFile.Read(Cookie);
        using var other = CookieFile.Read(_folder["copy"]);
        Assert.Equal(one.Name, other.Name);
        Assert.True(one.IsSame(other.Shown));
    }

    [Fact]
    public void Two_are_different_secrets()
    {
        CookieFile.Create(Cookie);
        CookieFile.Create(_folder["other"]);
        using var one = CookieFile.Read(Cookie);
        using var other = CookieFile.Read(_folder["other"]);
        Assert.NotEqual(one.Name, other.Name);
        Assert.False(one.IsSame(other.Shown));
    }

    [Fact]
    public void One_that_is_there_is_not_replaced()
    {
        CookieFile.Create(Cookie);
        var before = File.ReadAllText(Cookie);
        Assert.Contains("is there already", Assert.Throws<InputException>(() => CookieFile.Create(Cookie)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Cookie));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void One_that_others_may_use_is_refused(UnixFileMode others)
    {
        CookieFile.Create(Cookie);
        File.SetUnixFileMode(Cookie, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        Assert.Contains($"chmod 600 {Cookie}", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_there_or_is_something_else_is_told_so()
    {
        Assert.Contains("There is no cookie file", Refused(), StringComparison.Ordinal);
        File.WriteAllText(Cookie, "secret");
        File.SetUnixFileMode(Cookie, UnixFileMode.UserRead);
        Assert.Contains("is no cookie file", Refused(), StringComparison.Ordinal);
    }

    private string Refused() => Assert.Throws<InputException>(() => CookieFile.Read(Cookie)).Message;
}
