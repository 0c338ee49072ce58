namespace MhdNet.Host.Commands;

/// <summary>Ends a command: the input cannot be used. The message is for people: what is wrong, where, and what to do.</summary>
/// <param name="message">One sentence or several, a line each.</param>
/// <param name="exitCode">What the program ends with.</param>
public sealed class InputException(string message, int exitCode = ExitCode.BadInput) : Exception(message)
{
    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
