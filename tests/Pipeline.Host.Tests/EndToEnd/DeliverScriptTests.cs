using System.Diagnostics;
using System.Text;

namespace MhdNet.Host.Tests.EndToEnd;

/// <summary>Under whose name docs/storescp/deliver.sh puts a study.</summary>
public sealed class DeliverScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("P [1]", "", "P [1]")]
    [InlineData(" a/b", "", "a_b")]
    [InlineData("M\u00fcller 7", "ISO_IR 100", "M\u00fcller 7")]
    [InlineData("M\u00fcller 7", "ISO_IR 192", "M\u00fcller 7")]
    [InlineData("M\u00fcller 7", "", "1.2.3")]
    [InlineData("", "ISO_IR 100", "1.2.3")]
    [InlineData("..", "", "1.2.3")]
    public async Task A_study_goes_to_its_patient_and_without_a_readable_id_is_nobody_else_s(string id, string characters, string name)
    {
        NetworkDelivery.RequireTools();
        Directory.CreateDirectory(_folder["incoming/study"]);
        Directory.CreateDirectory(_folder["drop"]);
        var text = $"{(characters.Length > 0 ? $"(0008,0005) CS [{characters}]\n" : "")}(0008,0016) UI [1.2.840.10008.5.1.4.1.1.2]\n(0008,0018) UI [1.2.3.4]\n(0010,0020) LO [{id}]\n(0020,000d) UI [1.2.3]\n";
        await File.WriteAllBytesAsync(_folder["dump"], (characters == "ISO_IR 192" ? Encoding.UTF8 : Encoding.Latin1).GetBytes(text));
        await Run("dump2dcm", _folder["dump"], _folder["incoming/study/a.dcm"]);
        await Run(NetworkDelivery.Script, _folder["incoming/study"], _folder["drop"]);
        Assert.Equal(name, Path.GetFileName(Assert.Single(Directory.GetDirectories(_folder["drop"]))));
        Assert.Equal([".done", "a.dcm"], Directory.GetFiles(_folder["drop"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
