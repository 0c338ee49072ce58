using Spectre.Console;

namespace MhdNet.Host.Commands;

/// <summary>Where commands print tables.</summary>
internal static class Terminal
{
    private const int PipeWidth = 240;

    /// <summary>The console; a pipe has no width, so lines are then as long as they need to be.</summary>
    public static IAnsiConsole Tables()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}
