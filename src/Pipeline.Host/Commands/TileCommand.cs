using System.CommandLine;
using MhdNet.Host.Batch;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet tile</c>.</summary>
internal static class TileCommand
{
    public static Command Create()
    {
        var arguments = new TileArguments();
        var command = new Command(
            "tile",
            "Tiles slides without training anything: finds the tissue, keeps the tiles worth keeping, writes sequences of 24, a table and a picture for each slide. Slides done before are passed over, whatever their names; Ctrl-C stops, the next call goes on. Exit code 3: some slides were quarantined.")
        {
            arguments.Slides,
        };
        arguments.All.ToList().ForEach(command.Add);
        command.SetAction((parsed, stop) => Run(arguments, parsed, stop));
        return command;
    }

    private static async Task<int> Run(TileArguments arguments, ParseResult parsed, CancellationToken stop)
    {
        var config = Hosting.Settings.Load(parsed.GetValue(arguments.Config));
        var shared = arguments.Settings(parsed, config);
        var mpp = parsed.GetValue(arguments.MppTable) is { } table ? MppTable.Read(table) : MppTable.Empty;
        if (parsed.GetValue(arguments.MaskIn) is { Exists: false } masks)
        {
            throw new InputException($"There is no folder of masks {masks.FullName}. Give the folder that holds <slide>.geojson.");
        }

        var paths = SlideList.Of(parsed.GetRequiredValue(arguments.Slides));
        var inProcess = parsed.GetValue(arguments.InProcess);
        if (inProcess)
        {
            Natives.RequireDecoders();
        }

        if (mpp.NotOf(paths) is [_, ..] unused)
        {
            Console.Out.WriteLine($"{parsed.GetValue(arguments.MppTable)!.FullName}: {Counted.Of(unused.Count, "row")} of no slide of this call: {string.Join(", ", unused.Take(5))}{(unused.Count > 5 ? ", …" : "")}");
        }

        var slides = arguments.Each(paths, shared, mpp, parsed).ToList();
        var output = parsed.GetRequiredValue(arguments.Output).FullName;
        var how = new BatchWorkers(arguments.WorkersOf(parsed), inProcess, Machines.Listening.Of(parsed.GetValue(arguments.Listen), parsed.GetValue(arguments.Cookie), inProcess));
        if (parsed.GetValue(arguments.DryRun))
        {
            using var plan = Open(DryRun.Folder(output));
            return await DryRun.Over(slides, plan, config, how, Console.Out, stop).ConfigureAwait(false);
        }

        using var folder = Open(output);
        return await BatchHost.Run(slides, folder, config, how, parsed.GetValue(arguments.Retry), Console.Out, stop).ConfigureAwait(false);
    }

    private static WorkFolder Open(string path)
    {
        try
        {
            return WorkFolder.Open(path, TimeProvider.System, out _);
        }
        catch (Exception e) when (e is WorkFolderException or LedgerVersionException)
        {
            throw new InputException(e.Message, ExitCode.Environment);
        }
    }
}
