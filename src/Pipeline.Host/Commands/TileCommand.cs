using System.CommandLine;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Slides;
using MhdNet.Tiling.Streams;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet tile</c>.</summary>
internal static class TileCommand
{
    private static readonly string[] Endings = [".svs", ".tif", ".tiff", ".ndpi", ".mrxs", ".scn", ".vms", ".vmu", ".bif", ".svslide"];

    public static Command Create()
    {
        var slides = new Argument<FileSystemInfo[]>("slides") { Description = "Slides, or folders of slides at any depth.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<DirectoryInfo>("--out") { Description = "Where to: sequences/<slide>/NNN.npy with manifest.json, tiles/<slide>.csv, quality/<slide>.jpg.", HelpName = "DIR", Required = true };
        var mpp = new Option<double?>("--mpp") { Description = "Target resolution in µm per pixel. Default: mhdnet.slides.target-mpp, 0.5.", HelpName = "UM" };
        var unknown = new Option<double?>("--default-mpp") { Description = "Resolution of slides that do not tell theirs; without it they are rejected.", HelpName = "UM" };
        var config = CommandOptions.Config();
        var command = new Command("tile", "Tiles slides without training anything: finds the tissue, keeps the tiles worth keeping, writes sequences of 24, a table and a picture for each slide.") { slides, output, mpp, unknown, config };
        command.SetAction(async (parsed, stop) =>
        {
            var settings = SlideSettings.From(Hosting.Settings.Load(parsed.GetValue(config)).GetConfig("mhdnet.slides"));
            settings = settings with { TargetMpp = parsed.GetValue(mpp) ?? settings.TargetMpp, DefaultMpp = parsed.GetValue(unknown) ?? settings.DefaultMpp };
            if (settings.TargetMpp is not (>= 0.05 and <= 20) || settings.DefaultMpp is < 0.05 or > 20)
            {
                throw new InputException($"--mpp is {settings.TargetMpp}, --default-mpp is {settings.DefaultMpp?.ToString() ?? "not given"}; both must be between 0.05 and 20 µm per pixel.");
            }

            Natives.Require();
            return await Tile(Jobs(parsed.GetRequiredValue(slides)), settings, new SequenceStore(parsed.GetRequiredValue(output).FullName), stop).ConfigureAwait(false);
        });
        return command;
    }

    private static List<Job> Jobs(FileSystemInfo[] given)
    {
        var jobs = new List<Job>();
        foreach (var path in given)
        {
            if (!path.Exists)
            {
                throw new InputException($"There is no {path.FullName}. Give slides, or folders of slides.");
            }

            var files = path is DirectoryInfo folder
                ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => Endings.Contains(file.Extension.ToLowerInvariant())).Select(file => file.FullName).Order(StringComparer.Ordinal)
                : Enumerable.Repeat(path.FullName, 1);
            jobs.AddRange(files.Select(file => new Job(ItemId.OfSlide(Path.GetFileNameWithoutExtension(file), file), ItemKind.Slide, Path.GetFileNameWithoutExtension(file), [file], 1)));
        }

        return jobs.Count > 0 ? jobs : throw new InputException($"No slide in {string.Join(", ", given.Select(path => path.FullName))}. Slides end in {string.Join(' ', Endings)}.");
    }

    private static async Task<int> Tile(List<Job> jobs, SlideSettings settings, SequenceStore store, CancellationToken stop)
    {
        using var system = ActorSystem.Create("mhdnet", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var usable = 0;
        foreach (var job in jobs.TakeWhile(_ => !stop.IsCancellationRequested))
        {
            var table = Path.Combine(store.WorkFolder, "tiles", job.Item + ".csv");
            var outcome = await SlideStream.Tile(job, settings, store, table).Run(materializer).ConfigureAwait(false);
            usable += outcome is Outcome.Done ? 1 : 0;
            Console.WriteLine($"{job.Files[0]}: {Sentence(outcome, store.Folder(job.Item))}");
        }

        Console.WriteLine($"{usable} of {jobs.Count} slides tiled into {store.WorkFolder}");
        return usable == jobs.Count ? ExitCode.Ok : ExitCode.Failed;
    }

    private static string Sentence(Outcome outcome, string folder) => outcome switch
    {
        Outcome.Done done => $"{done.Sequences} sequences in {folder}{(done.Note is null ? "" : $" ({done.Note})")}",
        Outcome.Rejected rejected => $"rejected, {rejected.Reason}",
        Outcome.Failed failed => $"failed, {failed.Reason}",
        _ => throw new ArgumentException($"an outcome of the type {outcome.GetType().Name} is not known here"),
    };
}
