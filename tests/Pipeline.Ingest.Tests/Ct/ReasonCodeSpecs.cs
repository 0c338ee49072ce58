using System.Text.RegularExpressions;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>docs/ct.md lists each code under which CT is refused, and each is shown by a test.</summary>
public partial class ReasonCodeSpecs
{
    [Fact]
    public void The_codes_in_the_tables_are_those_of_the_program()
    {
        var program = Sources("src/Pipeline.Ingest/Ct").SelectMany(text => CodeInProgram().Matches(text)).Select(match => match.Groups["code"].Value);
        var documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "ct.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => CodeInTable().Matches(line.Split('|')[1])).Select(match => match.Groups["code"].Value);
        Assert.Equal(program.Distinct().Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_code_is_shown_by_a_test()
    {
        var tests = string.Concat(Sources("tests/Pipeline.Ingest.Tests").Where(text => !text.Contains(nameof(ReasonCodeSpecs), StringComparison.Ordinal)));
        var program = Sources("src/Pipeline.Ingest/Ct").SelectMany(text => CodeInProgram().Matches(text)).Select(match => match.Groups["code"].Value).Distinct().ToList();
        Assert.InRange(program.Count, 20, 50);
        Assert.All(program, code => Assert.Contains($"\"{code}\"", tests, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText);

    /// <summary>A code stands first where a reason is made: by its constructor, by the exception that becomes one, by a rule that refuses, or in the table of unfit images.</summary>
    [GeneratedRegex("""(?:Reason\(|=> new\(|DicomFormatException\(|Refuse\((?:\w+, )?|\n        \()\s*"(?<code>[a-z]+(?:-[a-z]+)*)",""")]
    private static partial Regex CodeInProgram();

    [GeneratedRegex("`(?<code>[a-z-]+)`")]
    private static partial Regex CodeInTable();
}
