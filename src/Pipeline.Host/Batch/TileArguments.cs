using System.CommandLine;
using MhdNet.Host.Commands;
using MhdNet.Host.Machines;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Stains;
using MhdNet.Tiling.Tiles;

namespace MhdNet.Host.Batch;

/// <summary>The options of <c>mhdnet tile</c>.</summary>
internal sealed class TileArguments
{
    public Argument<FileSystemInfo[]> Slides { get; } = new("paths") { Description = "Slides, folders of slides at any depth, or .txt lists with the path of a slide or folder a line.", Arity = ArgumentArity.OneOrMore };

    public Option<DirectoryInfo> Output { get; } = new("--out") { Description = "A work folder, as of 'run': ledger.db, sequences/<slide>/NNN.npy with manifest.json, tiles.csv, tiles/<slide>.csv, quality/<slide>.jpg, summary.md, summary.csv.", HelpName = "DIR", Required = true };

    public Option<int?> Workers { get; } = new("--workers") { Description = "Worker processes, each with one slide at a time; they share the processor. Default: 1, which uses all of it; with --dry-run one for each processor.", HelpName = "N" };

    public Option<bool> InProcess { get; } = new("--in-process") { Description = "Tiles in this process, without worker processes: for debugging. A slide that crashes a decoder then ends the batch." };

    public Option<double?> Mpp { get; } = new("--mpp") { Description = "Target resolution in µm per pixel. Default: mhdnet.slides.target-mpp, 0.5.", HelpName = "UM" };

    public Option<int?> Level { get; } = new("--level") { Description = "Takes tiles from this level of each slide as it is, instead of a target resolution.", HelpName = "N" };

    public Option<double?> DefaultMpp { get; } = new("--default-mpp") { Description = "Resolution of slides that do not tell theirs; without it they are rejected.", HelpName = "UM" };

    public Option<FileInfo?> MppTable { get; } = new("--mpp-csv") { Description = "Resolutions of single slides, before what their files say: slide,mpp or slide,mpp_x,mpp_y.", HelpName = "CSV" };

    public Option<int?> MaxSequences { get; } = new("--max-sequences") { Description = "Sequences of a slide at most, spread evenly over it; 0: all. Default: mhdnet.slides.max-sequences, 16.", HelpName = "N" };

    public Option<StainMethod?> Stain { get; } = new("--stain") { Description = "Stain normalisation of the stored tiles: none, reinhard or macenko. What was fitted is in the manifest. Default: mhdnet.slides.stain, none.", HelpName = "METHOD" };

    public Option<string?> Filters { get; } = new("--filters") { Description = $"The tile filters in use, separated by commas: {TileFilterNames.Choices}. Default: mhdnet.slides.filter.use, all.", HelpName = "NAMES" };

    public Option<DirectoryInfo?> MaskIn { get; } = new("--mask-in") { Description = "A folder of tissue outlines, <slide>.geojson as QuPath exports them; a slide without one is masked as usual. Where slides have the same name: <item>.geojson, as in summary.csv.", HelpName = "DIR" };

    public Option<DirectoryInfo?> MaskOut { get; } = new("--mask-out") { Description = "Where the tissue outlines go, <slide>.geojson (where slides have the same name, <item>.geojson), in level-0 pixels.", HelpName = "DIR" };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Finds the tissue, plans and draws, without reading tiles; nothing is entered into the ledger." };

    public Option<bool> Retry { get; } = new("--retry") { Description = "Also takes slides again that were rejected or quarantined before." };

    public Option<FileInfo?> Config { get; } = CommandOptions.Config();

    public Option<string?> Listen { get; } = Listening.ListenOption();

    public Option<FileInfo?> Cookie { get; } = Listening.CookieOption();

    /// <summary>Every option, for the command.</summary>
    public IReadOnlyList<Option> All => [Output, Workers, InProcess, Listen, Cookie, Mpp, Level, DefaultMpp, MppTable, MaxSequences, Stain, Filters, MaskIn, MaskOut, DryRun, Retry, Config];

    /// <summary>Slides at the same time: one tiled uses every processor, one planned a single one.</summary>
    public int WorkersOf(ParseResult parsed) => parsed.GetValue(Workers) ?? (parsed.GetValue(DryRun) ? Math.Min(16, Environment.ProcessorCount) : 1);

    /// <summary>The settings that all slides share.</summary>
    /// <exception cref="InputException">A value that makes no sense; the message names it.</exception>
    public SlideSettings Settings(ParseResult parsed, Akka.Configuration.Config config)
    {
        var file = SlideSettings.From(config.GetConfig("mhdnet.slides"));
        var processors = Math.Max(1, Environment.ProcessorCount / Math.Max(1, WorkersOf(parsed)));
        var settings = file with
        {
            TargetMpp = parsed.GetValue(Mpp) ?? file.TargetMpp,
            DefaultMpp = parsed.GetValue(DefaultMpp) ?? file.DefaultMpp,
            MaxSequences = parsed.GetValue(MaxSequences) ?? file.MaxSequences,
            Level = parsed.GetValue(Level),
            Filter = parsed.GetValue(Filters) is { } names ? file.Filter with { Use = Named(names) } : file.Filter,
            Stain = parsed.GetValue(Stain) ?? file.Stain,
            Readers = file.Readers > 0 ? file.Readers : Math.Min(16, processors),
        };
        return parsed.GetValue(Mpp) is not null && settings.Level is not null ? throw new InputException("--mpp and --level exclude each other: a level has its own resolution.")
            : settings.Problem() is { } problem ? throw new InputException($"--{problem.Replace("target-mpp", "mpp", StringComparison.Ordinal)}.")
            : parsed.GetValue(Workers) is < 1 or > 256 ? throw new InputException($"--workers is {parsed.GetValue(Workers)}; it must be 1 to 256.")
            : settings;
    }

    /// <summary>The settings of each slide.</summary>
    /// <exception cref="InputException">A mask could be of two slides; the message names them.</exception>
    public IEnumerable<(string Path, SlideSettings Settings)> Each(IReadOnlyList<string> paths, SlideSettings shared, MppTable mpp, ParseResult parsed)
    {
        var (given, wanted) = (parsed.GetValue(MaskIn)?.FullName, parsed.GetValue(MaskOut)?.FullName);
        var masks = paths.GroupBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary(alike => alike.Key, alike => new MaskNames([.. alike]));
        return paths.Select(path =>
        {
            var names = masks[Path.GetFileNameWithoutExtension(path)];
            return (path, shared with
            {
                KnownMpp = mpp.Of(path),
                MaskFile = given is null ? null : names.In(given, path),
                MaskOutFile = wanted is null ? null : names.Out(wanted, path),
            });
        });
    }

    private static TileFilters Named(string names) => TileFilterNames.Parse(names, out var filters) is { } unknown
        ? throw new InputException($"--filters names '{unknown}'; it can name {TileFilterNames.Choices}.")
        : filters;
}
