using MhdNet.Host.Commands;
using MhdNet.Host.Workers;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Machines;

/// <summary>Where the host's folders are on this machine. What no line names has the same path on both.</summary>
/// <param name="lines">Folders there and here.</param>
internal sealed class PathMap(IReadOnlyList<(string There, string Here)> lines)
{
    /// <summary>Reads <c>HOST_PATH=LOCAL_PATH</c> each.</summary>
    /// <exception cref="InputException">A line is something else, or the folder is not here.</exception>
    public static PathMap Parse(IEnumerable<string> texts) => new([.. texts.Select(Line).OrderByDescending(line => line.There.Length)]);

    /// <summary>A path of the host, here.</summary>
    public string Here(string path) => Translate(path, line => line.There, line => line.Here);

    /// <summary>A text with paths of this machine, as the host would write it.</summary>
    public string There(string text) => lines.Aggregate(text, (said, line) => said.Replace(line.Here + "/", line.There + "/", StringComparison.Ordinal));

    /// <summary>A job, here.</summary>
    public Assign Here(Assign assign) => assign with
    {
        Job = assign.Job with { Files = [.. assign.Job.Files.Select(Here)] },
        Tiling = assign.Tiling is not { } tiling ? null : tiling with
        {
            Settings = tiling.Settings with { MaskFile = HereOrNull(tiling.Settings.MaskFile), MaskOutFile = HereOrNull(tiling.Settings.MaskOutFile) },
            TilesCsv = Here(tiling.TilesCsv),
        },
    };

    /// <summary>An outcome with the host's paths.</summary>
    public Outcome There(Outcome outcome) => outcome switch
    {
        Outcome.Failed failed => new Outcome.Failed(failed.Reason with { Sentence = There(failed.Reason.Sentence) }),
        Outcome.Rejected rejected => new Outcome.Rejected(rejected.Reason with { Sentence = There(rejected.Reason.Sentence) }),
        _ => outcome,
    };

    private string? HereOrNull(string? path) => path is null ? null : Here(path);

    private string Translate(string path, Func<(string There, string Here), string> from, Func<(string There, string Here), string> to)
    {
        foreach (var line in lines)
        {
            if (path == from(line) || path.StartsWith(from(line) + "/", StringComparison.Ordinal))
            {
                return to(line) + path[from(line).Length..];
            }
        }

        return path;
    }

    private static (string There, string Here) Line(string text)
    {
        if (text.Split('=') is not [['/', ..] there, ['/', ..] here])
        {
            throw new InputException($"--map is '{text}'; it must be HOST_PATH=LOCAL_PATH, both absolute, for example /data/work=/mnt/host/work.");
        }

        return Directory.Exists(here)
            ? (there.TrimEnd('/'), here.TrimEnd('/'))
            : throw new InputException($"--map {text}: there is no folder {here} on this machine. Mount the host's {there}, or give the path where it is mounted.", ExitCode.Environment);
    }
}
