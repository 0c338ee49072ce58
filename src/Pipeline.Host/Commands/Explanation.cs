using MhdNet.Ingest.Ledger;
using MhdNet.Training.Arithmetic;
using Microsoft.Data.Sqlite;

namespace MhdNet.Host.Commands;

/// <summary>What a person is told when a command ends by an exception.</summary>
/// <param name="ExitCode">What the program ends with.</param>
/// <param name="Text">What is wrong, and what to do.</param>
public sealed record Explanation(int ExitCode, string Text)
{
    private const int DiskFull = 13, ReadOnly = 8, CannotOpen = 14, Corrupt = 11, InputOutput = 10;

    /// <summary>Explains an exception; one that nobody expected is shown whole, since it is a defect that someone must find.</summary>
    public static Explanation Of(Exception cause) => cause switch
    {
        InputException e => new(e.ExitCode, e.Message),
        WrongArithmeticException e => new(Commands.ExitCode.Environment, e.Message),
        LedgerVersionException e => new(Commands.ExitCode.BadInput, e.Message),
        WorkFolderException e => new(Commands.ExitCode.Environment, e.Message),
        FileNotFoundException { FileName: { } file } e when Path.GetFileName(file) == "ledger.db" => new(Commands.ExitCode.BadInput, $"{e.Message} Give the folder that 'mhdnet run --work' was given."),
        SqliteException { SqliteErrorCode: DiskFull or ReadOnly or CannotOpen or Corrupt or InputOutput } e =>
            new(Commands.ExitCode.Environment, $"The ledger cannot be used: {e.Message} Check the work folder's disk and permissions ('mhdnet doctor --work DIR')."),
        InvalidDataException e => new(Commands.ExitCode.BadInput, e.Message), // a file of the work folder that is cut short, or of another kind: the message names it
        UnauthorizedAccessException or IOException =>
            new(Commands.ExitCode.Environment, $"{cause.Message} Check the folder, its permissions and the disk's free room ('mhdnet doctor --work DIR')."),
        _ => new(Commands.ExitCode.Failed, $"An error that nobody expected, a defect of this program. Please report it with these lines:{Environment.NewLine}{cause}"),
    };
}
