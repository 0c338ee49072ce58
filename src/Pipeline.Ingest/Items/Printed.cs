using System.Globalization;

namespace MhdNet.Ingest.Items;

/// <summary>
/// Text with names of files in it, fit for one line of a log or terminal. Names are whoever's who delivers: a line break in one must not look like another line, nor an escape do anything to a terminal.
/// </summary>
public static class Printed
{
    /// <summary>Control characters as C writes them: <c>\n</c>, <c>\x1b</c>. Everything else stays.</summary>
    public static string Of(string text) => !text.Any(char.IsControl) ? text : string.Concat(text.Select(c => c switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when char.IsControl(c) => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
        _ => c.ToString(),
    }));
}
