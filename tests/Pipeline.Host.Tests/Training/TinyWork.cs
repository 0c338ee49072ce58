using MhdNet.Training.Results;
using MhdNet.Training.Tests.Cohorts;

namespace MhdNet.Host.Tests.Training;

/// <summary>A work folder with sequences, labels, and the smallest network that the method allows.</summary>
internal sealed class TinyWork : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyWork(string settings = "")
    {
        var store = new SmallStore(_folder, frames: 8, size: 33);
        foreach (var n in Enumerable.Range(1, 4))
        {
            var split = n == 1 ? "test" : n == 2 ? "val" : "train";
            store.Patient($"A{n}", "A", split, tumour: "0-7").Patient($"B{n}", "B", split);
        }

        store.Patient("U1", null, slides: 0).Labels();
        File.WriteAllText(_folder["preset.json"], """
            {
              "frames": 8, "size": 33, "width": 4, "teacher_blocks": [1, 1, 1, 1], "student_blocks": [1, 1, 1, 1], "kappa": 3, "attention_kernel": 3, "reduction": 2,
              "memory_items": [16, 4, 4], "decay": 0.9, "reseed_after": 2, "batch": 3, "teacher_epochs": 2, "student_epochs": 2, "plateau_patience": 1, "gradient_clip": 5,
              "balance_classes": true, "baseline": true, "seed": 3
            }
            """);
        File.WriteAllText(_folder["settings.hocon"], $$"""
            mhdnet.training { figures = off, bootstrap-draws = 20, {{settings}} }
            mhdnet.runs.interval = 20ms
            """);
    }

    public string Path => _folder.Path;

    public string Preset => _folder["preset.json"];

    public RunFolder Run => Assert.Single(RunFolder.All(Path));

    /// <summary>All that must not differ between a run that was killed and one that was not, by name.</summary>
    public SortedDictionary<string, byte[]> Results() => new(
        new[] { "checkpoints", "evaluations" }.SelectMany(folder => Directory.EnumerateFiles(Run[folder], "*", SearchOption.AllDirectories))
            .Where(file => System.IO.Path.GetFileName(file) != "progress.json") // holds times
            .Append(Run["metrics.csv"]).Append(Run["options.json"])
            .ToDictionary(file => System.IO.Path.GetRelativePath(Run.Path, file), File.ReadAllBytes),
        StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();
}
