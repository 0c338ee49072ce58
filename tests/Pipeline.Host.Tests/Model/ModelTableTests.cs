using MhdNet.Host.Model;
using MhdNet.Training.Options;

namespace MhdNet.Host.Tests.Model;

public class ModelTableTests
{
    [Fact]
    public void The_papers_preset_shows_both_totals_and_the_reason()
    {
        using var output = new StringWriter();
        ModelTable.Print(output, "paper", OptionsFile.Read(Path.Combine(Repository.Root, "config", "paper.json"), "types=a,b,c,d,e,f,g,h"));

        var text = output.ToString();
        Assert.All(
            ["194,100,049 parameters: radiology 63,474,249, pathology 63,518,153, fusion 62,787,849, SHFM 4,319,798", "37,570,879 parameters: of which align (training only) 86,464", "141.65 M", "34.30 M", "(34.32 M)", "64 x 12 x 56 x 56"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Peak_memory_is_that_of_this_process()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs /proc");
        PeakMemory.Restart();

        Assert.InRange(PeakMemory.Gibibytes()!.Value, 0.01, 64);
    }
}
