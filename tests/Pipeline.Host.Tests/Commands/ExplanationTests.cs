using MhdNet.Host.Commands;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Tests.Commands;

public sealed class ExplanationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_ledger_of_a_newer_program_is_bad_input_and_named()
    {
        using (WorkFolder.Open(_folder.Path, TimeProvider.System, out _))
        {
        }

        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder["ledger.db"]};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var explanation = Explain(() => WorkFolder.Open(_folder.Path, TimeProvider.System, out _));
        Assert.Equal(ExitCode.BadInput, explanation.ExitCode);
        Assert.Contains("version 99", explanation.Text, StringComparison.Ordinal);
        Assert.Contains(_folder["ledger.db"], explanation.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_place_of_the_ledger_is_bad_input()
    {
        File.WriteAllText(_folder["ledger.db"], "not a ledger, and longer than SQLite's header, so that it is looked at: " + new string('x', 100));
        Assert.Equal(ExitCode.BadInput, Explain(() => WorkFolder.Open(_folder.Path, TimeProvider.System, out _)).ExitCode);
    }

    [Fact]
    public void A_folder_without_a_ledger_is_bad_input_and_says_which_folder_is_meant() =>
        Assert.Equal(
            (ExitCode.BadInput, true),
            (Explain(() => LedgerReader.Open(_folder["ledger.db"])) is var explanation ? explanation.ExitCode : -1, explanation.Text.Contains("mhdnet run --work", StringComparison.Ordinal)));

    [Fact]
    public void A_work_folder_that_is_a_file_is_the_machines_problem()
    {
        File.WriteAllText(_folder["file"], "");
        Assert.Equal(ExitCode.Environment, Explain(() => WorkFolder.Open(_folder["file"], TimeProvider.System, out _)).ExitCode);
    }

    [Fact]
    public void What_nobody_expected_is_shown_whole()
    {
        var explanation = Explain(() => throw new InvalidOperationException("two and two are five"));
        Assert.Equal(ExitCode.Failed, explanation.ExitCode);
        Assert.Contains("two and two are five", explanation.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(ExplanationTests), explanation.Text, StringComparison.Ordinal);
    }

    private static Explanation Explain(Action action) => Explanation.Of(Assert.ThrowsAny<Exception>(action));
}
